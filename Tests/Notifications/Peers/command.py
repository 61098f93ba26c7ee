"""A province's own program: appends the letter's id to a file, and fails the first time that it is run."""
import json, os, sys

letter = json.load(sys.stdin)
is_first = not os.path.exists(sys.argv[1])
with open(sys.argv[1], "a") as file:
    file.write(letter["id"] + "\n")
sys.exit(75 if is_first or os.environ["XASO_LETTER"] != letter["id"] else 0)
