//! Objects of the desk and the pocket: what is written with, read, carried and played.

use super::{Object, Stance};

#[rustfmt::skip]
pub(super) const OBJECTS: &[Object] = &[
    Object {
        names: &["notebook", "journal", "sketchbook", "diary", "planner"],
        stance: Stance::Lies, size: (420.0, 560.0), made_of: ("linen", ""),
        outline: "M-200 -270H190Q210 -270 210 -250V250Q210 270 190 270H-200z",
        art: r##"<g><path d="M-196 -258H206V278H-196z" fill="@s"/><path d="M-190 -262H212V266H-190z" fill="#efe6d2"/><path d="M-190 268H214M-190 262H214M214 -256V266" stroke="#b9ab8d" stroke-width="3"/><rect x="-206" y="-274" width="408" height="536" rx="10" fill="url(#face)"/><path d="M-206 -264Q-206 -274 -196 -274H-150V262H-196Q-206 262 -206 252z" fill="@s" fill-opacity=".55"/><path d="M-150 -274V262" stroke="@s" stroke-width="3" fill-opacity=".8" stroke-opacity=".8"/><g stroke="@h" stroke-width="2" opacity=".35"><path d="M-140 -240H196M-140 -200H196M-140 -160H196M-140 -120H196M-140 -80H196M-140 -40H196M-140 0H196M-140 40H196M-140 80H196M-140 120H196M-140 160H196M-140 200H196M-140 240H196"/></g><rect x="120" y="-274" width="22" height="536" fill="@B"/><rect x="-74" y="-150" width="140" height="84" rx="4" fill="@p"/><path d="M-50 -118H40M-50 -96H10" stroke="@k" stroke-width="7" stroke-linecap="round"/><path d="M-20 262C-30 300 -10 320 -26 352L-6 340L8 354C14 320 0 300 4 262z" fill="@a"/><path d="M-198 -262V250" stroke="@h" stroke-width="5" fill-opacity=".6" stroke-opacity=".6"/></g>"##,
    },
    Object {
        names: &["book", "novel", "paperback", "books"],
        stance: Stance::Stands, size: (460.0, 300.0), made_of: ("", ""),
        outline: "M-220 -290H200V0H-220z",
        art: r##"<path d="M-200 -90Q-216 -46 -200 -4H190V-90z" fill="#f0e7d4"/><path d="M-214 -98H196V-84H-196Q-212 -46 -196 -14H196V0H-214Q-236 -48 -214 -98z" fill="url(#body)"/><path d="M-190 -68H186M-194 -50H186M-190 -30H186" stroke="#c9bb9c" stroke-width="3"/><path d="M-180 -190Q-196 -146 -180 -104H210V-190z" fill="#f6efdf"/><path d="M-196 -198H222V-184H-178Q-194 -146 -178 -114H222V-100H-196Q-220 -148 -196 -198z" fill="url(#trim)"/><path d="M-170 -168H206M-176 -148H206M-172 -130H206" stroke="#c9bb9c" stroke-width="3"/><path d="M-160 -270Q-174 -236 -160 -206H170V-270z" fill="#f0e7d4"/><path d="M-176 -280H180V-266H-158Q-172 -236 -158 -214H180V-200H-176Q-200 -240 -176 -280z" fill="@a"/><path d="M-150 -250H166M-154 -232H166" stroke="#c9bb9c" stroke-width="3"/>"##,
    },
    Object {
        names: &["pen", "fountain pen", "pencil", "stylus"],
        stance: Stance::Lies, size: (620.0, 240.0), made_of: ("steel", ""),
        outline: "M-330 4L-236 -18L-150 -34H270Q312 -34 312 2Q312 38 270 38H-150L-236 20z",
        art: r##"<g><path d="M-330 4L-236 -18V20z" fill="url(#gilt)"/><path d="M-330 4L-270 2" stroke="#5b4210" stroke-width="3"/><circle cx="-266" cy="2" r="4" fill="#5b4210"/><path d="M-240 -24L-150 -32V36L-240 26z" fill="@k"/><rect x="-150" y="-34" width="210" height="72" fill="url(#face)"/><rect x="-160" y="-36" width="18" height="76" fill="url(#gilt)"/><rect x="50" y="-36" width="16" height="76" fill="url(#gilt)"/><path d="M66 -34H270Q312 -34 312 2Q312 38 270 38H66z" fill="url(#face)"/><path d="M284 -46H96Q84 -46 84 -36Q84 -26 98 -28L284 -32z" fill="url(#gilt)"/><path d="M-140 -20H40M76 -18H270" stroke="#fff" stroke-width="8" fill-opacity=".75" stroke-opacity=".75" stroke-linecap="round"/></g><path d="M-318 142C-360 176 -400 132 -430 170" stroke="@a" stroke-width="7" fill="none" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["compass", "pocket compass"],
        stance: Stance::Lies, size: (480.0, 560.0), made_of: ("brass", ""),
        outline: "M-220 50a220 220 0 1 0 440 0a220 220 0 1 0 -440 0M-40 -160H40V-270H-40z",
        art: r##"<circle cy="-236" r="50" fill="none" stroke="@s" stroke-width="24"/><circle cy="-238" r="50" fill="none" stroke="@h" stroke-width="9"/><rect x="-28" y="-206" width="56" height="52" rx="8" fill="url(#body)"/><circle cy="50" r="222" fill="url(#body)"/><circle cy="50" r="222" fill="none" stroke="@h" stroke-width="6"/><circle cy="50" r="190" fill="@s"/><circle cy="50" r="184" fill="@p"/><g fill="none" stroke="@k"><circle cy="50" r="168" stroke-width="14" stroke-dasharray="3 23.4" fill-opacity=".7" stroke-opacity=".7"/><circle cy="50" r="112" stroke-width="3" fill-opacity=".5" stroke-opacity=".5"/></g><path d="M0 -80L20 30L0 50L-20 30zM0 180L20 70L0 50L-20 70zM130 50L20 70L0 50L20 30zM-130 50L-20 70L0 50L-20 30z" fill="@B" fill-opacity=".45"/><g transform="translate(0 50) rotate(38)"><path d="M0 -150L22 0H-22z" fill="@a"/><path d="M0 150L22 0H-22z" fill="@k"/><path d="M0 -150L0 0H-22z" fill="#fff" fill-opacity=".3"/></g><circle cy="50" r="15" fill="url(#gilt)"/><path d="M-150 -20A170 170 0 0 1 10 -116C-50 -60 -120 0 -150 90z" fill="#fff" fill-opacity=".4"/>"##,
    },
    Object {
        names: &["glasses", "reading glasses", "spectacles", "sunglasses"],
        stance: Stance::Lies, size: (620.0, 300.0), made_of: ("walnut", "brass"),
        outline: "M-290 -40a120 110 0 1 0 240 0h100a120 110 0 1 0 240 0",
        art: r##"<g fill="none" stroke="@b" stroke-linecap="round"><path d="M-286 -76C-200 -196 60 -206 190 -150" stroke-width="15"/><path d="M286 -76C200 -216 -40 -236 -200 -170" stroke-width="15" stroke="@s"/></g><g><path d="M-290 -70C-290 -110 -60 -110 -52 -60C-46 60 -110 100 -170 100S-290 40 -290 -70z" fill="#e6f3f5" fill-opacity=".5"/><path d="M290 -70C290 -110 60 -110 52 -60C46 60 110 100 170 100S290 40 290 -70z" fill="#e6f3f5" fill-opacity=".5"/><path d="M-290 -70C-290 -110 -60 -110 -52 -60C-46 60 -110 100 -170 100S-290 40 -290 -70zM290 -70C290 -110 60 -110 52 -60C46 60 110 100 170 100S290 40 290 -70z" fill="none" stroke="@s" stroke-width="26"/><path d="M-290 -70C-290 -110 -60 -110 -52 -60C-46 60 -110 100 -170 100S-290 40 -290 -70zM290 -70C290 -110 60 -110 52 -60C46 60 110 100 170 100S290 40 290 -70z" fill="none" stroke="@b" stroke-width="16"/><path d="M-56 -50Q0 -96 56 -50" fill="none" stroke="@b" stroke-width="18"/></g><path d="M-240 -50L-180 60M-214 -60L-170 20M110 -50L170 60M140 -60L180 12" stroke="#fff" stroke-width="12" fill-opacity=".75" stroke-opacity=".75" stroke-linecap="round"/><circle cx="-284" cy="-76" r="10" fill="@H"/><circle cx="284" cy="-76" r="10" fill="@H"/>"##,
    },
    Object {
        names: &["laptop sleeve", "sleeve", "laptop", "tablet"],
        stance: Stance::Lies, size: (620.0, 440.0), made_of: ("", "leather"),
        outline: "M-290 -190H290Q310 -190 310 -170V200Q310 220 290 220H-290Q-310 220 -310 200V-170Q-310 -190 -290 -190z",
        art: r##"<g><rect x="-290" y="-236" width="580" height="60" rx="16" fill="#8f969d"/><path d="M-276 -228H270" stroke="#e9eef2" stroke-width="5" stroke-linecap="round"/><rect x="-310" y="-196" width="620" height="420" rx="22" fill="url(#face)"/><rect x="-292" y="-178" width="584" height="384" rx="12" fill="none" stroke="@h" stroke-width="4" stroke-dasharray="14 9" stroke-opacity=".8"/><path d="M-310 -174Q-310 -196 -288 -196H288Q310 -196 310 -174V-20L0 60L-310 -20z" fill="@b"/><path d="M-310 -22L0 60L310 -22" fill="none" stroke="@s" stroke-width="7"/><g fill="@s" opacity=".3"><circle cx="-210" cy="-120" r="4"/><circle cx="-120" cy="-60" r="3"/><circle cx="40" cy="-130" r="4"/><circle cx="180" cy="-90" r="3"/><circle cx="-240" cy="120" r="4"/><circle cx="120" cy="140" r="3"/><circle cx="240" cy="60" r="4"/><circle cx="-60" cy="170" r="3"/></g><path d="M-34 -40H34V92Q0 116 -34 92z" fill="url(#trim)"/><circle cy="70" r="15" fill="url(#gilt)"/></g>"##,
    },
    Object {
        names: &["jigsaw puzzle", "puzzle", "jigsaw"],
        stance: Stance::Lies, size: (560.0, 520.0), made_of: ("birch", ""),
        outline: "M-260 -220H20V-60H240V220H-260z",
        art: r##"<g stroke="@s" stroke-width="4" stroke-linejoin="round"><path d="M-260 -230H-90C-84 -196 -124 -190 -124 -160C-124 -124 -56 -124 -56 -160C-56 -190 -96 -196 -90 -230H20" fill="none"/><path d="M-260 -230H-90V-166C-56 -172 -50 -132 -20 -132H-90V-60H-128C-134 -26 -94 -20 -94 10C-94 46 -162 46 -162 10C-162 -20 -122 -26 -128 -60H-260z" fill="@h"/><path d="M-90 -230H80V-166C114 -172 120 -132 150 -132C186 -132 186 -64 150 -64C120 -64 114 -104 80 -98V-60H-90V-116C-124 -110 -130 -148 -160 -148H-90z" fill="@b"/><path d="M-260 -60H-128C-122 -26 -162 -20 -162 10C-162 46 -94 46 -94 10C-94 -20 -134 -26 -128 -60H-90V110H-260z" fill="@B"/><path d="M-90 -60H80V0C46 -6 40 34 10 34C-26 34 -26 102 10 102H80V110H-90z" fill="@a"/><path d="M80 -60H110C104 -26 144 -20 144 10C144 46 212 46 212 10C212 -20 172 -26 178 -60H250V110H80V52C46 58 40 18 10 18H80z" fill="@h"/><path d="M-260 110H-200C-206 144 -166 150 -166 180C-166 216 -234 216 -234 180H-260z" fill="none"/><path d="M-260 110H-90V170C-56 164 -50 204 -20 204C16 204 16 272 -20 272C-50 272 -56 232 -90 238V280H-260z" fill="@b"/></g><g transform="translate(200 214) rotate(24)" stroke="@s" stroke-width="4"><path d="M-80 -80H-20C-26 -114 14 -120 14 -150" fill="none"/><path d="M-80 -80H-30C-24 -114 -64 -120 -64 -140C-64 -176 12 -176 12 -140C12 -120 -28 -114 -22 -80H80V80H-80V20C-46 26 -40 -14 -10 -14C0 -14 -40 -30 -80 -20z" fill="@B"/></g><path d="M-244 -214H70" stroke="#fff" stroke-width="6" fill-opacity=".5" stroke-opacity=".5" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["watch", "wristwatch"],
        stance: Stance::Lies, size: (320.0, 640.0), made_of: ("steel", "leather"),
        outline: "M-80 -320H80V320H-80zM-150 0a150 150 0 1 0 300 0a150 150 0 1 0 -300 0",
        art: r##"<path d="M-70 -110L-58 -330H58L70 -110zM-70 110L-54 340Q0 370 54 340L70 110z" fill="url(#trim)"/><path d="M-52 -310V-140M52 -310V-140M-52 140L-44 320M52 140L44 320" stroke="@H" stroke-width="4" stroke-dasharray="12 8" fill-opacity=".7" stroke-opacity=".7"/><rect x="146" y="-20" width="30" height="40" rx="6" fill="@b"/><circle r="152" fill="url(#body)"/><circle r="128" fill="@k"/><circle r="124" fill="@p"/><g stroke="@k" stroke-linecap="round"><path stroke-width="9" d="M0 -108V-88M0 108V88M108 0H88M-108 0H-88M54 -94L46 -80M94 -54L80 -46M54 94L46 80M94 54L80 46M-54 -94L-46 -80M-94 -54L-80 -46M-54 94L-46 80M-94 54L-80 46"/><path stroke-width="11" d="M0 0L-40 -50"/><path stroke-width="8" d="M0 0L60 -62"/></g><path d="M-8 22L30 84" stroke="@a" stroke-width="4"/><circle r="9" fill="@a"/><path d="M-96 -60A114 114 0 0 1 20 -112C-20 -60 -70 -30 -100 30z" fill="#fff" fill-opacity=".4"/>"##,
    },
    Object {
        names: &["headphones", "headphone", "headset"],
        stance: Stance::Stands, size: (440.0, 520.0), made_of: ("", "steel"),
        outline: "M-200 -200C-220 -560 220 -560 200 -200V-20H120V-200C140 -460 -140 -460 -120 -200V-20H-200z",
        art: r##"<path d="M-176 -200C-196 -540 196 -540 176 -200" fill="none" stroke="@s" stroke-width="46"/><path d="M-178 -206C-196 -532 180 -546 176 -206" fill="none" stroke="@b" stroke-width="26"/><path d="M-120 -420C-70 -470 50 -480 110 -430" fill="none" stroke="@h" stroke-width="8" stroke-opacity=".7" stroke-linecap="round"/><path d="M-176 -250V-180M176 -250V-180" stroke="url(#trim)" stroke-width="24"/><rect x="-226" y="-220" width="98" height="214" rx="46" fill="url(#body)"/><rect x="-146" y="-204" width="46" height="182" rx="22" fill="@k"/><rect x="128" y="-220" width="98" height="214" rx="46" fill="url(#body)"/><rect x="100" y="-204" width="46" height="182" rx="22" fill="@k"/><path d="M-204 -170V-60" stroke="#fff" stroke-width="12" fill-opacity=".4" stroke-opacity=".4" stroke-linecap="round"/>"##,
    },
    Object {
        names: &["camera", "film camera"],
        stance: Stance::Stands, size: (520.0, 370.0), made_of: ("black", "steel"),
        outline: "M-250 -290H250V0H-250zM-90 -350H90V-290H-90z",
        art: r##"<path d="M-96 -350H96L120 -284H-120z" fill="url(#trim)"/><rect x="-250" y="-296" width="500" height="296" rx="32" fill="url(#trim)"/><rect x="-250" y="-236" width="500" height="170" fill="url(#body)"/><rect x="-214" y="-322" width="80" height="30" rx="8" fill="@S"/><circle cx="186" cy="-308" r="22" fill="@a"/><rect x="-40" y="-334" width="80" height="46" rx="8" fill="@k"/><circle cy="-146" r="134" fill="@S"/><circle cy="-146" r="122" fill="url(#body)"/><circle cy="-146" r="88" fill="#0d1418"/><circle cy="-146" r="64" fill="#1f3440"/><circle cx="-24" cy="-172" r="22" fill="#fff" fill-opacity=".55"/><circle cx="26" cy="-120" r="9" fill="@a" fill-opacity=".7"/>"##,
    },
    Object {
        names: &["phone", "smartphone", "speaker", "radio"],
        stance: Stance::Stands, size: (520.0, 340.0), made_of: ("oak", ""),
        outline: "M-250 -300H250V0H-250z",
        art: r##"<path d="M150 -300L214 -470" stroke="#9aa3ad" stroke-width="8" stroke-linecap="round"/><rect x="-250" y="-306" width="500" height="306" rx="34" fill="url(#body)"/><rect x="-224" y="-280" width="252" height="254" rx="20" fill="@B"/><g stroke="@S" stroke-width="10" opacity=".8"><path d="M-200 -250H4M-200 -220H4M-200 -190H4M-200 -160H4M-200 -130H4M-200 -100H4M-200 -70H4" stroke-dasharray="3 13" stroke-linecap="round"/></g><rect x="56" y="-272" width="166" height="92" rx="8" fill="@p"/><path d="M72 -226H206M84 -240V-212M112 -240V-212M140 -240V-212M168 -240V-212M196 -240V-212" stroke="@k" stroke-width="4"/><path d="M126 -258V-196" stroke="@a" stroke-width="6"/><circle cx="98" cy="-98" r="46" fill="@S"/><circle cx="94" cy="-102" r="38" fill="@H"/><circle cx="190" cy="-98" r="30" fill="@S"/><circle cx="187" cy="-101" r="24" fill="@H"/>"##,
    },
];
