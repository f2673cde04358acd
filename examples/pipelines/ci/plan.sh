#!/bin/sh
# Plans, reviews the plan, and seals it to the apply job. What it leaves in OUT may be read by everybody: the plan itself
# holds the state in clear and stays on this machine.
#
#   STACK      name of the stack
#   COMMIT     the commit that is planned
#   DIRECTORY  where the configuration is (default: .); with SYNTH, what that writes: cdktf.out/stacks/NAME
#   SYNTH      the command that writes it, such as "npx cdktf synth"; empty for HCL
#   CONFIGURATION   for a change that is not merged yet: what synth.sh packed of it. The base branch is checked out, whose
#              scripts, packages and policy hold, and SYNTH is not run
#   ENGINE     terraform (default) or tofu
#   LABELS     labels of the pull request, with commas: what an owner approved
#   FORMAT     form of the comment: github (default), gitlab, bitbucket, azure
#   POST       github or gitlab: write the comment
#   FAIL_ON    look, danger or never (default: the apply job waits for a person, so only what is refused stops here)
#   OUT        where results are put (default: review): comment.md, review.json, .sarif, .xml, plan.sealed, digest
#   BROWSERSTACK_IAC_SEAL_RECIPIENT   the apply job; nothing is sealed without it, nor what is not merged
#
# Ends with 2 when the engine or the policy refuses, 1 when there is nothing to review.
set -eu
: "${STACK:?}" "${COMMIT:?}"
engine=${ENGINE:-terraform}
directory=${DIRECTORY:-.}
mkdir -p "${OUT:-review}"
out=$(cd "${OUT:-review}" && pwd)
rm -f "$out"/review.* "$out"/comment.md "$out"/plan.sealed "$out"/digest

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077

policy=browserstack.policy.json
set -- --name "$STACK" --commit "$COMMIT"
if [ -n "${CONFIGURATION:-}" ]; then
  mkdir "$work/head"
  tar -xf "$CONFIGURATION" -C "$work/head"
  # A link could lead out of it.
  find "$work/head" -type l -delete
  directory="$work/head/$directory"
  # No change allows itself: the policy of the base branch holds, and a difference is a finding.
  if [ -f "$policy" ]; then
    [ -f "$work/head/$policy" ] || : >"$work/head/$policy"
    set -- "$@" --policy "$work/head/$policy" --base-policy "$policy"
  elif [ -f "$work/head/$policy" ]; then
    echo '{ "version": 1 }' >"$work/none.json"
    set -- "$@" --policy "$work/head/$policy" --base-policy "$work/none.json"
  fi
elif [ -n "${SYNTH:-}" ]; then
  sh -c "$SYNTH" >/dev/null
fi

"$engine" "-chdir=$directory" init -input=false -no-color >/dev/null
# A refused plan ends with 1, and its review says why.
"$engine" "-chdir=$directory" plan -input=false -out="$work/tfplan" -json >"$work/plan.jsonl" || true
"$engine" "-chdir=$directory" show -json "$work/tfplan" >"$work/plan.json" 2>/dev/null || true

umask 022
set -- "$work/plan.json" "$@" --diagnostics "$work/plan.jsonl" --fail-on "${FAIL_ON:-never}" \
  --output "${FORMAT:-github}=$out/comment.md" --output "json=$out/review.json" \
  --output "sarif=$out/review.sarif" --output "junit=$out/review.xml"
[ ! -f "$directory/cdk.tf.json" ] || set -- "$@" --stack "$directory/cdk.tf.json"
[ -z "${LABELS:-}" ] || set -- "$@" --labels "$LABELS"
[ -z "${POST:-}" ] || set -- "$@" --post "$POST"
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || set -- "$@" --summary
if [ -f "$work/tfplan" ]; then
  set -- "$@" --plan-file "$work/tfplan"
  if [ -n "${BROWSERSTACK_IAC_SEAL_RECIPIENT:-}" ] && [ -z "${CONFIGURATION:-}" ]; then
    set -- "$@" --seal "$out/plan.sealed"
  fi
fi
code=0
npx --no-install browserstack-iac review "$@" || code=$?

# The digest that the apply job is told; it is not secret. Where nothing changes nothing is sealed.
if [ -f "$out/plan.sealed" ]; then
  node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).source.tfplan_sha256' "$out/review.json" >"$out/digest"
fi
exit "$code"
