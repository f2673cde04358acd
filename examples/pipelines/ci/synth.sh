#!/bin/sh
# Packs the configuration of a change, for jobs that hold credentials and run none of its code. It runs the program of the
# change, so this job holds nothing.
#
#   DIRECTORY  where the configuration is (default: .); with SYNTH, what that writes: cdktf.out/stacks/NAME
#   SYNTH      the command that writes it, such as "npx cdktf synth"; empty for HCL
#   OUT        where configuration.tar is put (default: review)
set -eu
directory=${DIRECTORY:-.}
mkdir -p "${OUT:-review}"
out=$(cd "${OUT:-review}" && pwd)

if [ -z "${SYNTH:-}" ]; then
  # Everything that is committed: modules may be beside the configuration.
  git archive --format=tar --output "$out/configuration.tar" HEAD
else
  sh -c "$SYNTH" >/dev/null
  policy=browserstack.policy.json
  [ -f "$policy" ] || policy=
  tar -cf "$out/configuration.tar" "$directory" ${policy:+"$policy"}
fi
