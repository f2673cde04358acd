#!/bin/sh
# Applies exactly the plan that was reviewed and approved. Another plan, commit, stack or policy is refused, and so is a
# review of yesterday.
#
#   STACK, COMMIT, DIRECTORY, SYNTH, ENGINE, OUT   as for plan.sh, and as there
#   DIGEST     of the plan that was approved, as plan.sh wrote it to OUT/digest
#   BROWSERSTACK_IAC_SEAL_IDENTITY   opens what was sealed
set -eu
: "${STACK:?}" "${COMMIT:?}" "${DIGEST:?}"
engine=${ENGINE:-terraform}
directory=${DIRECTORY:-.}
out=${OUT:-review}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npx --no-install browserstack-iac review --verify "$DIGEST" --sealed "$out/plan.sealed" --name "$STACK" \
  --commit "$COMMIT" --out "$work/tfplan"

[ -z "${SYNTH:-}" ] || sh -c "$SYNTH" >/dev/null
"$engine" "-chdir=$directory" init -input=false -no-color >/dev/null
"$engine" "-chdir=$directory" apply -input=false -no-color "$work/tfplan"
