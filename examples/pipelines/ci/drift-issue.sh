#!/bin/sh
# One rolling issue for each stack: opened when a nightly plan is not quiet, brought up to date, closed when it is again.
# Needs the GitHub command line with a token that may write issues.
#
#   STACK, OUT   as for plan.sh, which ran before
set -eu
: "${STACK:?}"
out=${OUT:-review}
label=browserstack-drift
title="BrowserStack: stack $STACK is not as declared"

verdict=none
[ ! -f "$out/review.json" ] ||
  verdict=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).verdict' "$out/review.json")
issue=$(gh issue list --label "$label" --state open --json number,title |
  node -p 'JSON.parse(fs.readFileSync(0, "utf8")).find((one) => one.title === process.argv[1])?.number ?? ""' "$title")

case "$verdict" in
  none)
    echo "There is no review: see the log of the plan." >&2
    exit 1
    ;;
  quiet)
    [ -z "$issue" ] || gh issue close "$issue" --comment "The nightly plan is quiet again."
    ;;
  *)
    if [ -z "$issue" ]; then
      gh label create "$label" --force >/dev/null
      gh issue create --title "$title" --label "$label" --body-file "$out/comment.md"
    else
      gh issue edit "$issue" --body-file "$out/comment.md"
    fi
    ;;
esac
