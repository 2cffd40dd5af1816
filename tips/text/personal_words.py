"""Words that decide whether what looks like a name, a postcode or a street is one."""

# In small letters. A title or "my wife" before one of these names nobody, nor do people whose books are on every shelf.
NOT_NAMES = frozenset(
    # what follows a doctor or a husband in a sentence, capital or not
    "who when where what why how the this that these those he she it they we you and but or if so said told then there"
    " says thinks thought gave sent put has had have is was were will would can could did does do just also never"
    " always checked referred prescribed suggested recommended advised asked at in on for about from to of with my your"
    " his her our their an please thanks thank yes no not whatever helped made took went came got goes bought wants"
    " appointment appointments surgery visit visits today yesterday tomorrow tonight once twice again now still only"
    " everyone everybody nobody fellow all"
    " january february march april june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday english british"
    # known to all
    " google motivator right wrong bean who mckenzie mcgill sarno pilates alexander bowen chatgpt youtube".split()
)
# "5 Minute Walk", "3 Bird Dog Row".
NOT_STREETS = frozenset(
    "minute minutes second seconds hour hours day days week weeks mile miles metre metres step steps rep reps set sets"
    " lane point cat cow bird dog plank side pelvic tilt bridge hill cable seated band times".split()
)
# The areas of the Post Office; a code begins with one of them.
POSTCODE_AREAS = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G"
    " GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW"
    " OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC"
    " WD WF WN WR WS WV YO ZE".split()
)
