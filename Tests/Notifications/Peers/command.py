"""A province's own program: appends the letter's id to a file, and fails the first time that it is run."""
import json, os, sys

letter = json.load(sys.stdin)
try:
    # Several run at once: one alone may be the first.
    os.close(os.open(sys.argv[1] + ".first", os.O_CREAT | os.O_EXCL))
    is_first = True
except FileExistsError:
    is_first = False
with open(sys.argv[1], "a") as file:
    file.write(letter["id"] + "\n")
sys.exit(75 if is_first or os.environ["XASO_LETTER"] != letter["id"] else 0)
