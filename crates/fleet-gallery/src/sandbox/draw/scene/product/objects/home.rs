//! Objects of the house: lamps, pots, chairs and cloths.

use super::{Object, Stance};

#[rustfmt::skip]
pub(super) const OBJECTS: &[Object] = &[
    Object {
        names: &["lamp", "desk lamp", "reading lamp", "task lamp"],
        stance: Stance::Stands, size: (480.0, 600.0), made_of: ("", "brass"),
        outline: "M-40 -20L-150 -330L60 -520L80 -500L-118 -326L-10 -20zM-140 -20H120V0H-140zM40 -560L230 -420L60 -360z",
        art: r##"<path d="M60 -390L232 -440L330 -40H-70z" fill="#fff3c9" fill-opacity=".22"/><path d="M-10 -30L-130 -326" stroke="@S" stroke-width="24" stroke-linecap="round"/><path d="M-13 -32L-133 -328" stroke="@B" stroke-width="13" stroke-linecap="round"/><path d="M-130 -330L84 -510" stroke="@S" stroke-width="22" stroke-linecap="round"/><path d="M-133 -334L80 -514" stroke="@B" stroke-width="12" stroke-linecap="round"/><circle cx="-132" cy="-330" r="22" fill="@s"/><circle cx="-136" cy="-334" r="13" fill="@B"/><path d="M-140 -24A136 26 0 0 0 132 -24V-40A136 26 0 0 0 -140 -40z" fill="@s"/><ellipse cx="-4" cy="-40" rx="136" ry="26" fill="url(#body)"/><g transform="translate(86 -512) rotate(-16)"><path d="M-40 -40C-40 -76 40 -76 40 -40L124 108H-124z" fill="url(#body)"/><path d="M-124 108H124A124 22 0 0 1 -124 108z" fill="#fff6d8"/><ellipse cy="108" rx="124" ry="22" fill="#ffe9a8"/><ellipse cy="110" rx="60" ry="12" fill="#fffdf2"/><path d="M-34 -34L-96 84" stroke="#fff" stroke-width="11" fill-opacity=".35" stroke-opacity=".35" stroke-linecap="round"/><circle cy="-66" r="15" fill="@B"/></g>"##,
    },
    Object {
        names: &["table lamp", "bedside lamp", "lampshade"],
        stance: Stance::Stands, size: (380.0, 560.0), made_of: ("", "linen"),
        outline: "M-180 -310L-100 -550H100L180 -310H20V-200C100 -160 110 -40 60 0H-60C-110 -40 -100 -160 -20 -200V-310z",
        art: r##"<path d="M-24 -220C-120 -170 -110 -30 -60 -10Q0 10 60 -10C110 -30 120 -170 24 -220z" fill="url(#body)"/><rect x="-10" y="-320" width="20" height="106" fill="#b08d48"/><ellipse cy="-330" rx="250" ry="190" fill="url(#warm)"/><path d="M-180 -310L-100 -550H100L180 -310Q0 -280 -180 -310z" fill="url(#trim)"/><path d="M-180 -310L-100 -550H100L180 -310Q0 -280 -180 -310z" fill="#fff0bf" fill-opacity=".45"/><ellipse cy="-550" rx="100" ry="13" fill="#fff7dd"/><path d="M-74 -160C-86 -110 -74 -60 -56 -40" stroke="#fff" stroke-width="12" stroke-opacity=".45" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["candle", "scented candle", "soy candle"],
        stance: Stance::Stands, size: (280.0, 400.0), made_of: ("clay", "wax"),
        outline: "M-140 -270V-40Q0 30 140 -40V-270z",
        art: r##"<ellipse cy="-380" rx="300" ry="260" fill="url(#warm)"/><path d="M-140 -270V-44C-140 -10 -80 0 0 0S140 -10 140 -44V-270z" fill="url(#body)"/><path d="M-140 -196Q0 -164 140 -196V-84Q0 -52 -140 -84z" fill="@p"/><path d="M-56 -132Q0 -122 56 -132M-30 -104Q0 -98 30 -104" stroke="@k" stroke-width="8" fill="none" stroke-linecap="round"/><ellipse cy="-270" rx="140" ry="30" fill="@h"/><ellipse cy="-268" rx="126" ry="23" fill="@s"/><ellipse cy="-262" rx="121" ry="19" fill="@B"/><ellipse cy="-262" rx="62" ry="9" fill="#fffbe6"/><path d="M0 -262V-304" stroke="#2c2119" stroke-width="7" stroke-linecap="round"/><path d="M0 -404C38 -346 32 -298 0 -298S-38 -346 0 -404z" fill="#ffb02e"/><path d="M0 -366C17 -334 15 -302 0 -302S-17 -334 0 -366z" fill="#fff6d0"/><path d="M-114 -240V-60" stroke="#fff" stroke-width="12" fill-opacity=".3" stroke-opacity=".3" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["vase", "garden vase", "flower vase", "bud vase"],
        stance: Stance::Stands, size: (330.0, 620.0), made_of: ("", ""),
        outline: "M-40 -350C-40 -290 -140 -260 -140 -140C-140 -40 -90 0 0 0S140 -40 140 -140C140 -260 40 -290 40 -350z",
        art: r##"<g fill="none" stroke="#5d7245" stroke-width="8" stroke-linecap="round"><path d="M0 -350C-10 -440 -60 -500 -110 -540M2 -350C10 -450 20 -520 10 -600M6 -350C30 -430 80 -480 130 -500"/></g><g fill="#7f9a5e"><path d="M-40 -450q-70 10 -84 -40q60 -14 84 40M14 -480q60 -4 66 -54q-58 0 -66 54M70 -450q30 40 76 22q-20 -46 -76 -22"/></g><g fill="@a"><circle cx="-116" cy="-548" r="34"/><circle cx="10" cy="-612" r="40"/><circle cx="138" cy="-508" r="30"/></g><g fill="#fff" opacity=".45"><circle cx="-124" cy="-556" r="13"/><circle cx="0" cy="-622" r="15"/><circle cx="130" cy="-514" r="11"/></g><path d="M-44 -356C-34 -290 -140 -260 -140 -140C-140 -40 -90 0 0 0S140 -40 140 -140C140 -260 34 -290 44 -356z" fill="url(#body)"/><ellipse cy="-356" rx="44" ry="11" fill="@s"/><path d="M-137 -170Q0 -138 137 -170M-139 -146Q0 -114 139 -146" stroke="@h" stroke-width="5" fill="none" stroke-opacity=".7"/><path d="M-104 -200C-122 -150 -112 -80 -84 -46" stroke="#fff" stroke-width="13" stroke-opacity=".38" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["plant pot", "flower pot", "planter", "pot", "plant", "houseplant", "succulent"],
        stance: Stance::Stands, size: (360.0, 560.0), made_of: ("terracotta", ""),
        outline: "M-150 -270L-110 -20Q0 14 110 -20L150 -270zM-20 -270C-160 -330 -180 -440 -130 -480C-80 -440 -40 -380 0 -300C20 -420 60 -520 110 -550C150 -470 120 -330 20 -270z",
        art: r##"<g stroke="#38552f" stroke-width="5"><path d="M-8 -270C-120 -310 -186 -400 -150 -490C-70 -470 -20 -370 -8 -270z" fill="#6d9150"/><path d="M6 -270C-30 -380 -20 -500 40 -570C96 -490 70 -360 6 -270z" fill="#82a862"/><path d="M10 -270C60 -370 130 -420 190 -410C190 -340 110 -280 10 -270z" fill="#567a42"/></g><g fill="none" stroke="#d6e5b8" stroke-width="4" stroke-opacity=".55"><path d="M-10 -276C-60 -330 -110 -400 -140 -470M8 -276C20 -370 30 -460 40 -540M14 -276C60 -330 120 -370 176 -396"/></g><ellipse cy="-14" rx="150" ry="26" fill="@s"/><ellipse cy="-22" rx="150" ry="24" fill="@b"/><path d="M-128 -240L-100 -32Q0 -4 100 -32L128 -240z" fill="url(#body)"/><path d="M-150 -300V-240Q0 -206 150 -240V-300z" fill="url(#body)"/><path d="M-132 -232Q0 -200 132 -232L129 -214Q0 -184 -129 -214z" fill="@s" fill-opacity=".5"/><ellipse cy="-300" rx="150" ry="28" fill="@h"/><ellipse cy="-298" rx="132" ry="21" fill="#3c2a1d"/><path d="M-12 -296C-60 -330 -100 -370 -120 -420M8 -296C16 -350 24 -400 30 -440M12 -296C50 -330 90 -350 130 -370" stroke="#567a42" stroke-width="9" fill="none" stroke-linecap="round"/><path d="M-96 -190L-76 -70M92 -150q-16 40 -10 70" stroke="#fff" stroke-width="10" stroke-opacity=".28" stroke-linecap="round" fill="none"/>"##,
    },
    Object {
        names: &["watering can"],
        stance: Stance::Stands, size: (620.0, 440.0), made_of: ("copper", "brass"),
        outline: "M-120 -270L-130 -20Q0 18 130 -20L120 -270zM-110 -90L-290 -340L-260 -350L-110 -150z",
        art: r##"<path d="M-112 -74L-262 -316L-236 -334L-108 -160z" fill="url(#body)"/><path d="M-312 -294L-216 -368L-206 -356L-300 -278z" fill="url(#trim)"/><ellipse cx="-264" cy="-331" rx="62" ry="16" transform="rotate(-38 -264 -331)" fill="@H"/><g fill="@S"><circle cx="-290" cy="-312" r="5"/><circle cx="-268" cy="-330" r="5"/><circle cx="-244" cy="-348" r="5"/><circle cx="-276" cy="-326" r="4"/><circle cx="-256" cy="-340" r="4"/></g><path d="M96 -262C290 -300 290 -60 120 -60" fill="none" stroke="@s" stroke-width="30"/><path d="M96 -266C276 -300 280 -70 122 -68" fill="none" stroke="@b" stroke-width="16"/><path d="M-96 -276C-70 -410 90 -410 100 -276" fill="none" stroke="@s" stroke-width="24"/><path d="M-96 -278C-70 -404 90 -404 100 -278" fill="none" stroke="@h" stroke-width="11"/><path d="M-120 -270L-134 -22Q0 18 134 -22L120 -270z" fill="url(#body)"/><path d="M-122 -226Q0 -200 122 -226M-132 -66Q0 -36 132 -66" stroke="@s" stroke-width="6" fill="none" stroke-opacity=".7"/><path d="M-120 -270A120 24 0 0 1 60 -290A80 20 0 0 1 60 -252A120 24 0 0 1 -120 -270z" fill="@s"/><ellipse cy="-270" rx="120" ry="24" fill="none" stroke="@h" stroke-width="8"/><path d="M-96 -200L-104 -86" stroke="#fff" stroke-width="13" fill-opacity=".5" stroke-opacity=".5" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["blanket", "throw blanket", "throw", "towel", "quilt", "scarf"],
        stance: Stance::Stands, size: (560.0, 320.0), made_of: ("", ""),
        outline: "M-260 -230Q-270 -260 -230 -262H220Q262 -258 258 -220V-20Q0 10 -260 -20z",
        art: r##"<path d="M-230 -96H220C286 -96 286 -2 220 -2H-230C-290 -2 -290 -96 -230 -96z" fill="url(#body)"/><path d="M-222 -92H210C256 -92 256 -74 216 -72H-200C-240 -72 -250 -40 -222 -28C-282 -20 -282 -92 -222 -92z" fill="@s" fill-opacity=".4"/><path d="M-236 -178H226C290 -178 290 -82 226 -82H-236C-296 -82 -296 -178 -236 -178z" fill="url(#body)"/><path d="M-228 -174H216C262 -174 262 -156 222 -154H-206C-246 -154 -256 -122 -228 -110C-288 -102 -288 -174 -228 -174z" fill="@s" fill-opacity=".4"/><path d="M-230 -262C-100 -284 120 -284 222 -262C286 -254 286 -160 222 -160H-230C-290 -160 -290 -256 -230 -262z" fill="url(#body)"/><path d="M-230 -262C-100 -284 120 -284 222 -262C250 -258 258 -238 250 -232C120 -252 -110 -252 -254 -232C-258 -246 -250 -260 -230 -262z" fill="@h" fill-opacity=".75"/><g stroke="@s" stroke-width="3" stroke-opacity=".3" fill="none"><path d="M-256 -220C-100 -240 110 -240 256 -220M-262 -196H262M-264 -134H264M-262 -116H262M-256 -54H256M-250 -34H250"/></g><path d="M-40 -276C40 -270 70 -200 66 -120C64 -80 56 -40 62 -14L176 -18C180 -110 176 -220 110 -274z" fill="url(#trim)"/><path d="M-6 -262C60 -250 92 -190 90 -110C88 -70 84 -40 86 -20M44 -266C110 -250 132 -180 130 -100C128 -66 126 -40 128 -20" fill="none" stroke="@H" stroke-width="5" stroke-opacity=".6"/><g stroke="@B" stroke-width="6" stroke-linecap="round"><path d="M66 -16l-4 40M82 -16l2 42M98 -18l-2 42M114 -18l4 40M130 -18v42M146 -20l4 40M162 -20l8 40"/></g><path d="M-210 -248C-240 -240 -250 -200 -236 -176" stroke="#fff" stroke-width="9" stroke-opacity=".3" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["clock", "wall clock", "alarm clock"],
        stance: Stance::Hangs, size: (480.0, 480.0), made_of: ("oak", ""),
        outline: "M-240 0a240 240 0 1 0 480 0a240 240 0 1 0 -480 0",
        art: r##"<circle r="240" fill="url(#body)"/><circle r="240" fill="none" stroke="@h" stroke-width="5" stroke-opacity=".7"/><circle r="206" fill="@s"/><circle r="202" fill="@p"/><path d="M-202 0A202 202 0 0 1 202 0A206 190 0 0 0 -202 0z" fill="#000" fill-opacity=".06"/><g stroke="@k" stroke-linecap="round"><path stroke-width="15" d="M0 -180V-146M0 180V146M180 0H146M-180 0H-146"/><path stroke-width="6" d="M90 -156L78 -135M156 -90L135 -78M90 156L78 135M156 90L135 78M-90 -156L-78 -135M-156 -90L-135 -78M-90 156L-78 135M-156 90L-135 78"/><path stroke-width="17" d="M0 0L-66 -72"/><path stroke-width="11" d="M0 0L104 -98"/></g><path d="M-20 34L44 -130" stroke="@a" stroke-width="5" stroke-linecap="round"/><circle r="16" fill="@k"/><circle r="7" fill="@a"/><path d="M-150 -116A190 190 0 0 1 -20 -188L60 -186A200 200 0 0 0 -150 -30z" fill="#fff" fill-opacity=".3"/>"##,
    },
    Object {
        names: &["box", "linen box", "gift box", "package", "parcel", "storage box"],
        stance: Stance::Stands, size: (480.0, 380.0), made_of: ("linen", ""),
        outline: "M-210 -240L-60 -320L230 -280V-60L40 0L-210 -40z",
        art: r##"<path d="M-210 -214L40 -176V4L-210 -36z" fill="url(#face)"/><path d="M40 -176L226 -240V-62L40 4z" fill="@s"/><path d="M-218 -266L40 -226V-164L-218 -206z" fill="@b"/><path d="M40 -226L234 -292V-232L40 -164z" fill="@s"/><path d="M-218 -266L-36 -322L234 -292L40 -226z" fill="@h"/><path d="M-112 -250L-90 -246V-20L-112 -24z" fill="url(#trim)"/><path d="M-112 -250L82 -309L102 -306L-88 -246z" fill="@B"/><path d="M-20 -280C-110 -340 -120 -400 -60 -390C-30 -384 -10 -330 -16 -282C10 -340 50 -400 88 -376C116 -352 60 -300 -14 -278z" fill="none" stroke="@B" stroke-width="15"/><path d="M-206 -180L36 -142" stroke="#000" fill-opacity=".14" stroke-opacity=".14" stroke-width="10"/>"##,
    },
    Object {
        names: &["chair", "armchair", "stool", "dining chair"],
        stance: Stance::Stands, size: (380.0, 620.0), made_of: ("oak", ""),
        outline: "M-150 -600H130V-420L160 -260H180V0H150V-230H-140V0H-170V-260L-150 -300z",
        art: r##"<g stroke-linecap="round"><path d="M-110 -230L-130 -46M150 -240L172 -50" stroke="@s" stroke-width="22"/><path d="M-140 -250L-172 -12M112 -250L134 -8" stroke="url(#body)" stroke-width="26"/><path d="M-140 -250V-12" stroke="@b" stroke-width="1"/><path d="M-150 -290C-160 -420 -150 -520 -140 -600M130 -290C140 -420 136 -520 124 -600" stroke="@b" stroke-width="24" fill="none"/></g><path d="M-146 -608C-60 -580 50 -580 130 -608V-470C50 -446 -60 -446 -150 -470z" fill="url(#body)"/><path d="M-140 -590C-60 -566 50 -566 126 -590" stroke="@h" stroke-width="6" fill="none"/><path d="M-176 -258L-140 -318H150L184 -258z" fill="@H"/><path d="M-176 -258H184V-226H-176z" fill="url(#trim)"/><path d="M-150 -130L140 -124" stroke="@s" stroke-width="13"/>"##,
    },
    Object {
        names: &["cushion", "pillow"],
        stance: Stance::Stands, size: (460.0, 420.0), made_of: ("", ""),
        outline: "M-220 -390Q0 -360 220 -390Q190 -190 220 -10Q0 -30 -220 -10Q-190 -190 -220 -390z",
        art: r##"<path d="M-220 -394Q0 -350 220 -394Q186 -200 220 -6Q0 -40 -220 -6Q-186 -200 -220 -394z" fill="url(#body)"/><path d="M-196 -366Q0 -330 196 -366Q166 -200 196 -34Q0 -62 -196 -34Q-166 -200 -196 -366z" fill="none" stroke="@h" stroke-width="4" stroke-dasharray="12 10" stroke-opacity=".8"/><path d="M-90 -120C-60 -240 0 -290 90 -300M-60 -170q-50 -10 -64 -50q50 -6 64 50M-30 -220q-40 -30 -36 -70q46 16 36 70M20 -264q-20 -40 6 -70q34 32 -6 70M-40 -180q50 20 80 -10q-34 -36 -80 10M0 -240q50 14 78 -18q-40 -30 -78 18" fill="@B" stroke="@B" stroke-width="6"/>"##,
    },
];
