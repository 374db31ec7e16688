"""The colours of the program, as plain strings: one palette for a dark room and one for a light one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

ThemeName = Literal["dark", "light"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Every colour by its meaning, as ``#RRGGBB``.

    Surfaces are ``bg0`` to ``bg3``, ``inp`` and ``sel``; borders ``bd`` of areas, ``bd2`` of controls and ``bdq`` of
    quiet controls; text ``t1`` to ``t3``; ``dis`` is an outline and never text. ``s_…`` are the stages of the X-ray,
    ``c_…`` the parts of code.
    """

    bg0: str
    bg1: str
    bg2: str
    bg3: str
    inp: str
    sel: str
    bd: str
    bd2: str
    bdq: str
    t1: str
    t2: str
    t3: str
    dis: str
    acc: str
    accbg: str
    accink: str
    ok: str
    info: str
    warn: str
    err: str
    get: str
    post: str
    put: str
    patch: str
    delete: str
    opt: str
    ws: str
    s_net: str
    s_mw: str
    s_route: str
    s_dep: str
    s_val: str
    s_hand: str
    s_sql: str
    s_model: str
    s_bg: str
    s_err: str
    c_key: str
    c_str: str
    c_num: str
    c_kw: str
    c_fn: str
    c_dec: str
    c_com: str
    c_type: str
    c_pun: str
    c_txt: str


DARK = Palette(
    bg0="#0E1013",
    bg1="#13161A",
    bg2="#191D22",
    bg3="#21262D",
    inp="#0F1215",
    sel="#152B29",
    bd="#242931",
    bd2="#353C47",
    bdq="#242931",
    t1="#E7EAEE",
    t2="#B0B8C3",
    t3="#9099A7",
    dis="#5A626E",
    acc="#35CDB4",
    accbg="#35CDB4",
    accink="#04211C",
    ok="#4FD08A",
    info="#6CB2FF",
    warn="#F0B04A",
    err="#FF7B7B",
    get="#6CB2FF",
    post="#4FD08A",
    put="#F0B04A",
    patch="#B79CFF",
    delete="#FF7B7B",
    opt="#A3ADBB",
    ws="#F58BC1",
    s_net="#93A7C4",
    s_mw="#A98EFA",
    s_route="#E5B94E",
    s_dep="#4CC4E0",
    s_val="#F29A5C",
    s_hand="#56D08B",
    s_sql="#F283B6",
    s_model="#7FA7FF",
    s_bg="#9AA4B2",
    s_err="#FF7070",
    c_key="#82C8F2",
    c_str="#93D6A5",
    c_num="#F0B47A",
    c_kw="#C3A6FF",
    c_fn="#7FB4FF",
    c_dec="#E5B94E",
    c_com="#8F98A6",
    c_type="#4CC4E0",
    c_pun="#9099A6",
    c_txt="#DDE2E8",
)

LIGHT = Palette(
    bg0="#F1F2F4",
    bg1="#FFFFFF",
    bg2="#F7F8F9",
    bg3="#ECEEF1",
    inp="#FFFFFF",
    sel="#DCF1ED",
    bd="#E0E3E7",
    bd2="#C6CBD3",
    bdq="#E0E3E7",
    t1="#191D22",
    t2="#454D59",
    t3="#5F6774",
    dis="#9BA2AD",
    acc="#00756A",
    accbg="#00796B",
    accink="#FFFFFF",
    ok="#0F7541",
    info="#0B5FBF",
    warn="#8C5600",
    err="#C02A2A",
    get="#0B5FBF",
    post="#0F7541",
    put="#8C5600",
    patch="#6A3ED0",
    delete="#C02A2A",
    opt="#525B68",
    ws="#AE2270",
    s_net="#4B6080",
    s_mw="#6A43D6",
    s_route="#805900",
    s_dep="#086D82",
    s_val="#A94606",
    s_hand="#0F7541",
    s_sql="#AE2270",
    s_model="#2A58C7",
    s_bg="#586170",
    s_err="#C02A2A",
    c_key="#0A5C8F",
    c_str="#17703B",
    c_num="#A04A00",
    c_kw="#6A3ED0",
    c_fn="#1F55C4",
    c_dec="#7A5600",
    c_com="#636B78",
    c_type="#086D82",
    c_pun="#565E6B",
    c_txt="#22272E",
)

PALETTES: dict[ThemeName, Palette] = {"dark": DARK, "light": LIGHT}

_STRONG_BORDERS: dict[ThemeName, str] = {"dark": "#6E7786", "light": "#848C98"}


def _with_contrast(name: ThemeName) -> Palette:
    palette, border = PALETTES[name], _STRONG_BORDERS[name]
    return replace(palette, bd2=border, bdq=border, dis=border, t3=palette.t2)


CONTRAST_PALETTES: dict[ThemeName, Palette] = {"dark": _with_contrast("dark"), "light": _with_contrast("light")}
"""The same for weak eyes and bad projectors: no control without a border that is seen, no faint text."""

TINT_SHARE: dict[ThemeName, float] = {"dark": 0.15, "light": 0.10}
TINT_BORDER_SHARE: dict[ThemeName, float] = {"dark": 0.38, "light": 0.32}


def mix(fg_hex: str, bg_hex: str, share: float) -> str:
    """Return `bg_hex` with `share` (0 to 1) of `fg_hex` mixed in: a solid colour where others would use alpha."""
    foreground, background = _channels(fg_hex), _channels(bg_hex)
    mixed = (round(b + (f - b) * share) for f, b in zip(foreground, background, strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
