//! Objects that are laid on a table: bowls, boards, tins and what is eaten.

use super::{Object, Stance};

#[rustfmt::skip]
pub(super) const OBJECTS: &[Object] = &[
    Object {
        names: &["bowl", "serving bowl", "salad bowl"],
        stance: Stance::Stands, size: (520.0, 260.0), made_of: ("stoneware", ""),
        outline: "M-260 -220C-250 -90 -150 -30 -90 -18Q0 4 90 -18C150 -30 250 -90 260 -220z",
        art: r##"<path d="M-96 -30V-12Q0 14 96 -12V-30z" fill="@s"/><path d="M-260 -220C-250 -90 -150 -36 -90 -22Q0 -4 90 -22C150 -36 250 -90 260 -220z" fill="url(#body)"/><path d="M-258 -200C-200 -120 -120 -170 -60 -120C0 -80 70 -150 130 -116C180 -92 230 -130 258 -200L260 -220H-260z" fill="url(#trim)" fill-opacity=".85"/><ellipse cy="-220" rx="260" ry="52" fill="@h"/><ellipse cy="-216" rx="244" ry="43" fill="@S"/><path d="M-232 -206A234 36 0 0 0 232 -206A240 46 0 0 1 -232 -206z" fill="@B" fill-opacity=".8"/><g stroke="@H" stroke-width="3" fill="none" stroke-opacity=".35"><ellipse cy="-206" rx="170" ry="26"/><ellipse cy="-202" rx="100" ry="14"/></g><path d="M-222 -176C-204 -124 -166 -86 -126 -66" stroke="#fff" stroke-width="12" stroke-opacity=".34" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["salt cellar", "salt pig", "sugar bowl", "salt"],
        stance: Stance::Stands, size: (380.0, 330.0), made_of: ("porcelain", "oak"),
        outline: "M-150 -170C-170 -60 -120 0 0 0S170 -60 150 -170z",
        art: r##"<path d="M-150 -170C-176 -60 -120 0 0 0S176 -60 150 -170z" fill="url(#body)"/><path d="M-158 -112Q0 -84 158 -112" stroke="@a" stroke-width="9" fill="none" stroke-opacity=".85"/><ellipse cy="-170" rx="150" ry="32" fill="@h"/><ellipse cy="-166" rx="134" ry="25" fill="@s"/><path d="M-124 -160C-80 -214 60 -210 124 -160A124 22 0 0 1 -124 -160z" fill="#fff"/><path d="M-60 -182l10 6M-10 -192l8 8M40 -182l-9 7M0 -170l12 2M-80 -164l10 4M72 -166l-10 4" stroke="#cfd6da" stroke-width="5" stroke-linecap="round"/><path d="M40 -186L156 -330" stroke="@S" stroke-width="24" stroke-linecap="round"/><path d="M38 -190L154 -334" stroke="@B" stroke-width="16" stroke-linecap="round"/><path d="M10 -176C16 -210 50 -214 62 -190C58 -166 24 -160 10 -176z" fill="url(#trim)"/><path d="M-118 -128C-128 -88 -110 -54 -84 -36" stroke="#fff" stroke-width="13" stroke-opacity=".85" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["tin", "tea", "loose tea", "tin of loose tea", "tea tin", "canister", "tin of tea", "can"],
        stance: Stance::Stands, size: (460.0, 420.0), made_of: ("", "tin"),
        outline: "M-130 -400V-22Q0 18 130 -22V-400z",
        art: r##"<path d="M-130 -300V-22Q0 18 130 -22V-300z" fill="url(#body)"/><path d="M-130 -404V-308Q0 -276 130 -308V-404z" fill="url(#body)"/><path d="M-130 -308Q0 -276 130 -308" stroke="@s" stroke-width="6" fill="none"/><ellipse cy="-404" rx="130" ry="27" fill="@h"/><ellipse cy="-404" rx="104" ry="20" fill="@b" fill-opacity=".6"/><path d="M-130 -250Q0 -216 130 -250V-96Q0 -62 -130 -96z" fill="@p"/><path d="M-130 -236Q0 -202 130 -236M-130 -110Q0 -76 130 -110" stroke="@B" stroke-width="5" fill="none"/><path d="M0 -104C-52 -150 -34 -196 0 -212C34 -196 52 -150 0 -104zM0 -104V-190" fill="#7f9a4d" stroke="#4c6130" stroke-width="5"/><path d="M-6 -112C-64 -110 -80 -150 -76 -168C-44 -166 -14 -146 -6 -112zM6 -112C64 -110 80 -150 76 -168C44 -166 14 -146 6 -112z" fill="#9bb368"/><path d="M-108 -372V-50" stroke="#fff" stroke-width="14" fill-opacity=".3" stroke-opacity=".3" stroke-linecap="round"/><g fill="#4c3a26"><path d="M168 -6l22 -10M190 4l20 -6M204 -14l18 -2M178 -20l14 -12M226 2l10 -12M150 8l18 -2" stroke="#4c3a26" stroke-width="7" stroke-linecap="round"/></g>"##,
    },
    Object {
        names: &["cutting board", "chopping board", "board", "bread board"],
        stance: Stance::Lies, size: (640.0, 400.0), made_of: ("oak", ""),
        outline: "M-230 -190H150Q180 -190 186 -120L300 -50Q330 0 300 50L186 120Q180 190 150 190H-230Q-270 190 -270 150V-150Q-270 -190 -230 -190z",
        art: r##"<path d="M-230 -178H150Q186 -178 190 -100L296 -44Q330 4 300 58L190 128Q186 206 150 206H-230Q-270 206 -270 166V-138Q-270 -178 -230 -178z" fill="@s"/><path d="M-230 -190H150Q186 -190 190 -112L296 -56Q330 -8 300 46L190 116Q186 192 150 192H-230Q-270 192 -270 152V-150Q-270 -190 -230 -190z" fill="url(#face)"/><g fill="none" stroke="@s" stroke-width="4" stroke-opacity=".4"><path d="M-266 -140C-140 -160 20 -120 180 -140M-268 -96C-120 -70 40 -110 188 -90M-268 -40C-200 -60 -140 -20 -60 -36C40 -56 120 -20 280 -40M-268 20C-160 0 20 50 300 10M-268 78C-120 60 0 100 188 80M-266 136C-120 160 40 120 180 146"/><path d="M-90 -36C-60 -60 0 -60 10 -34C0 -10 -60 -10 -90 -36z"/></g><circle cx="262" cy="-4" r="22" fill="#000" fill-opacity=".55"/><path d="M-254 -160V150" stroke="@h" stroke-width="6" fill-opacity=".8" stroke-opacity=".8" stroke-linecap="round"/><g><ellipse cx="-120" cy="60" rx="62" ry="58" fill="#c9402b"/><ellipse cx="-134" cy="44" rx="20" ry="14" fill="#fff" fill-opacity=".45"/><path d="M-120 12l-18 -14m18 14l4 -22m-4 22l24 -10" stroke="#4f7a35" stroke-width="9" stroke-linecap="round"/><path d="M-10 96C40 60 90 66 120 96" stroke="#6c8f45" stroke-width="8" fill="none" stroke-linecap="round"/><path d="M20 78q-6 -26 14 -34q10 18 -14 34M56 66q2 -26 24 -30q4 22 -24 30M90 78q16 -20 34 -14q-6 22 -34 14" fill="#86aa59"/></g>"##,
    },
    Object {
        names: &["tray", "desk tray", "serving tray", "valet tray"],
        stance: Stance::Lies, size: (640.0, 440.0), made_of: ("bamboo", "brass"),
        outline: "M-290 -210H290Q320 -210 320 -180V180Q320 210 290 210H-290Q-320 210 -320 180V-180Q-320 -210 -290 -210z",
        art: r##"<rect x="-320" y="-210" width="640" height="430" rx="36" fill="@s"/><rect x="-320" y="-214" width="640" height="420" rx="36" fill="url(#face)"/><rect x="-288" y="-184" width="576" height="360" rx="20" fill="@s" fill-opacity=".85"/><rect x="-280" y="-170" width="568" height="346" rx="16" fill="@b"/><g stroke="@s" stroke-width="3" opacity=".45"><path d="M-280 -98H288M-280 -20H288M-280 62H288M-280 126H288"/></g><rect x="-256" y="-146" width="150" height="200" rx="8" fill="@p" transform="rotate(-4 -180 -40)"/><path d="M-230 -100l96 -8M-228 -70l96 -8M-226 -40l60 -5" stroke="@k" stroke-width="6" fill-opacity=".5" stroke-opacity=".5" stroke-linecap="round"/><path d="M-60 120L150 -120" stroke="@k" stroke-width="20" stroke-linecap="round"/><path d="M130 -98L166 -138" stroke="url(#trim)" stroke-width="20" stroke-linecap="round"/><g transform="translate(196 70)"><circle r="56" fill="url(#trim)"/><circle r="34" fill="@b"/></g><g fill="none" stroke="@B" stroke-width="7"><path d="M-40 -126h50a12 12 0 0 1 0 24h-60a18 18 0 0 1 0 -36h66"/></g><path d="M-300 -190H260" stroke="@h" stroke-width="5" fill-opacity=".8" stroke-opacity=".8" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["picnic basket", "basket", "hamper"],
        stance: Stance::Stands, size: (520.0, 470.0), made_of: ("wicker", "leather"),
        outline: "M-230 -250L-200 -20Q0 20 200 -20L230 -250zM-200 -250C-190 -440 190 -440 200 -250L170 -250C160 -400 -160 -400 -170 -250z",
        art: r##"<path d="M-196 -250C-190 -480 190 -480 196 -250" fill="none" stroke="@s" stroke-width="34"/><path d="M-196 -252C-190 -474 190 -474 196 -252" fill="none" stroke="@b" stroke-width="20" stroke-dasharray="26 8"/><path d="M-150 -262C-120 -318 -40 -320 10 -276C60 -310 120 -306 160 -262z" fill="@a"/><path d="M-110 -290l28 26M-60 -302l34 40M60 -298l-20 34M110 -296l-20 30" stroke="#fff" stroke-width="9" fill-opacity=".7" stroke-opacity=".7"/><path d="M-230 -250L-200 -20Q0 20 200 -20L230 -250z" fill="url(#body)"/><g fill="none" stroke="@s" stroke-width="9" stroke-opacity=".6"><path d="M-226 -214Q0 -176 226 -214M-221 -170Q0 -132 221 -170M-215 -126Q0 -88 215 -126M-209 -82Q0 -44 209 -82M-204 -46Q0 -8 204 -46" stroke-dasharray="30 18"/><path d="M-221 -192Q0 -154 223 -192M-217 -148Q0 -110 217 -148M-212 -104Q0 -66 212 -104M-206 -62Q0 -24 206 -62" stroke="@h" stroke-dasharray="30 18" stroke-dashoffset="24"/></g><path d="M-240 -270Q0 -224 240 -270V-236Q0 -190 -240 -236z" fill="url(#body)"/><path d="M-240 -258Q0 -212 240 -258" stroke="@h" stroke-width="6" fill="none" stroke-dasharray="20 10"/><path d="M-116 -244l8 106h36l2 -94zM70 -232l2 94h36l8 -106z" fill="url(#trim)"/><rect x="-104" y="-172" width="26" height="20" fill="none" stroke="#e5c877" stroke-width="6"/><rect x="78" y="-172" width="26" height="20" fill="none" stroke="#e5c877" stroke-width="6"/>"##,
    },
    Object {
        names: &["soap", "block of olive soap", "bar of soap", "block of soap"],
        stance: Stance::Stands, size: (420.0, 250.0), made_of: ("olive", "paper"),
        outline: "M-200 -160L-110 -226H210V-70L130 0H-200z",
        art: r##"<path d="M-206 -160L-104 -232H214L130 -160z" fill="@h"/><path d="M130 -160L214 -232V-76L130 0z" fill="@s"/><path d="M-206 -160H130V0H-206z" fill="url(#face)"/><path d="M-206 -160H130V-146H-206z" fill="@h" fill-opacity=".6"/><g fill="none" stroke="@s" stroke-width="6" stroke-opacity=".75" stroke-linecap="round"><rect x="-160" y="-122" width="244" height="86" rx="10"/><path d="M-96 -80C-56 -120 0 -116 24 -80C0 -46 -56 -42 -96 -80zM-96 -80H24M-60 -80l14 -20M-60 -80l14 20M-26 -80l16 -22M-26 -80l16 22"/></g><path d="M-170 -174L-84 -222M-30 -180L40 -220" stroke="#fff" stroke-width="7" fill-opacity=".4" stroke-opacity=".4" stroke-linecap="round"/><g transform="translate(176 4)"><circle cx="36" cy="-28" r="28" fill="#fff" fill-opacity=".45"/><circle cx="36" cy="-28" r="28" fill="none" stroke="#fff" stroke-width="4" stroke-opacity=".8"/><circle cx="80" cy="-14" r="15" fill="#fff" fill-opacity=".5"/><circle cx="26" cy="-38" r="7" fill="#fff"/></g>"##,
    },
    Object {
        names: &["wine glass", "glass", "tumbler", "drinking glass"],
        stance: Stance::Stands, size: (280.0, 520.0), made_of: ("glass", ""),
        outline: "M-116 -500C-130 -330 -80 -270 -12 -256V-30L-90 -10Q0 12 90 -10L12 -30V-256C80 -270 130 -330 116 -500z",
        art: r##"<ellipse cy="-12" rx="100" ry="20" fill="url(#body)" fill-opacity=".6"/><path d="M-10 -262C-6 -150 -6 -80 -40 -20Q0 -6 40 -20C6 -80 6 -150 10 -262z" fill="url(#body)" fill-opacity=".7"/><path d="M-116 -500C-132 -330 -80 -266 0 -256C80 -266 132 -330 116 -500z" fill="#fff" fill-opacity=".28"/><path d="M-122 -400C-118 -320 -70 -272 0 -264C70 -272 118 -320 122 -400Q0 -380 -122 -400z" fill="@a" fill-opacity=".85"/><ellipse cy="-400" rx="121" ry="20" fill="@a"/><ellipse cy="-400" rx="121" ry="20" fill="#fff" fill-opacity=".25"/><ellipse cy="-500" rx="116" ry="21" fill="none" stroke="#fff" stroke-width="6" stroke-opacity=".85"/><path d="M-98 -460C-104 -380 -84 -320 -50 -292" stroke="#fff" stroke-width="12" stroke-opacity=".65" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["perfume", "perfume bottle", "fragrance", "scent"],
        stance: Stance::Stands, size: (320.0, 460.0), made_of: ("", "brass"),
        outline: "M-150 -300H150V0H-150zM-50 -460H50V-300H-50z",
        art: r##"<rect x="-150" y="-306" width="300" height="306" rx="26" fill="url(#body)" fill-opacity=".72"/><rect x="-122" y="-236" width="244" height="210" rx="14" fill="@b" fill-opacity=".85"/><path d="M-122 -236H122V-214H-122z" fill="@h" fill-opacity=".7"/><rect x="-32" y="-352" width="64" height="52" fill="url(#trim)"/><rect x="-58" y="-462" width="116" height="116" rx="12" fill="url(#trim)"/><path d="M0 -346V-40" stroke="@h" stroke-width="4" fill-opacity=".6" stroke-opacity=".6"/><rect x="-64" y="-176" width="128" height="92" rx="4" fill="@p"/><path d="M-36 -142H36M-22 -118H22" stroke="@k" stroke-width="8" stroke-linecap="round"/><path d="M-128 -276V-40" stroke="#fff" stroke-width="13" fill-opacity=".6" stroke-opacity=".6" stroke-linecap="round"/><path d="M132 -276V-60" stroke="#fff" stroke-width="5" fill-opacity=".5" stroke-opacity=".5" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["cream", "skincare", "serum", "dropper", "face cream"],
        stance: Stance::Stands, size: (380.0, 440.0), made_of: ("smoked glass", "black"),
        outline: "M-150 -260H-10V0H-150zM-120 -430H-40V-260H-120zM30 -150H190V0H30z",
        art: r##"<path d="M-160 -240C-160 -270 -120 -270 -116 -290H-50C-46 -270 -6 -270 -6 -240V-14Q-83 12 -160 -14z" fill="url(#body)" fill-opacity=".9"/><path d="M-160 -200Q-83 -178 -6 -200V-70Q-83 -48 -160 -70z" fill="@p"/><path d="M-126 -150q42 12 84 0M-126 -120q30 8 56 4" stroke="@k" stroke-width="8" fill="none" stroke-linecap="round"/><rect x="-120" y="-342" width="74" height="58" rx="6" fill="url(#trim)"/><path d="M-106 -342C-110 -440 -56 -440 -60 -342z" fill="@k"/><path d="M26 -96V-14Q108 12 190 -14V-96z" fill="url(#body)"/><path d="M20 -168V-100Q108 -74 196 -100V-168z" fill="url(#trim)"/><ellipse cx="108" cy="-168" rx="88" ry="18" fill="@H"/><path d="M-142 -230V-40M44 -80V-30" stroke="#fff" stroke-width="10" fill-opacity=".5" stroke-opacity=".5" stroke-linecap="round"/>"##,
    },
];
