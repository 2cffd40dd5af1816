"""How far the joints of people in health go; more than most of them ever need."""

Range = tuple[float, float]

# (least, most) of each: forwards, sideways, turned.
RANGES: dict[str, tuple[Range, Range, Range]] = {
    "lumbar": ((-35, 60), (-30, 30), (-15, 15)),
    "chest": ((-25, 55), (-35, 35), (-40, 40)),
    "neck": ((-45, 45), (-35, 35), (-45, 45)),
    "head": ((-25, 25), (-15, 15), (-45, 45)),
    "hip": ((-30, 130), (-25, 50), (-45, 50)),
    "knee": ((0, 155), (0, 0), (0, 0)),
    "ankle": ((-60, 30), (-20, 20), (0, 0)),
    "shoulder": ((-60, 180), (-50, 180), (-95, 95)),
    "elbow": ((0, 150), (0, 0), (0, 0)),
    "wrist": ((-80, 85), (-35, 35), (-90, 90)),
}
