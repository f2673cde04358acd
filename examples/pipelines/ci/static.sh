#!/bin/sh
# Compares the configuration of a change with the one of the base branch, which is checked out: scripts, packages and
# policy are those of the base branch, and the change is read, never run. It holds no credentials, so it may run for a
# fork, and it runs before a job that holds some: a plan already runs programs and sends requests.
#
#   STACK, DIRECTORY, SYNTH   as for synth.sh, and as there
#   CONFIGURATION   what synth.sh packed of the change
#   FORMAT     form of the comment: github (default), gitlab, bitbucket, azure
#   OUT        where static.md is put (default: review)
#
# Ends with 2 when something would run or send before anybody can review a plan.
set -eu
: "${STACK:?}" "${CONFIGURATION:?}"
directory=${DIRECTORY:-.}
mkdir -p "${OUT:-review}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/head"
tar -xf "$CONFIGURATION" -C "$work/head"
# A link could lead out of it.
find "$work/head" -type l -delete

if [ -n "${SYNTH:-}" ]; then
  sh -c "$SYNTH" >/dev/null || echo "The base branch has no configuration yet." >&2
fi
base=$directory
[ -d "$base" ] || base=none

npx --no-install browserstack-iac review --static --gate "$base" "$work/head/$directory" \
  --name "$STACK" --output "${FORMAT:-github}=${OUT:-review}/static.md"
