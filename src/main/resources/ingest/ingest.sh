#!/bin/bash
# Fetches a URL into S3, and writes the manifest of the run that reads it. It is the first step of a cluster. If it cannot fetch
# the whole object in time, it fails and leaves no manifest.
# Arguments: URL, target URI, manifest URI, pipeline, run, bytes at most, seconds at most.
set -euo pipefail

tries=5
pause=${INGEST_PAUSE:-10}
# An exit status of curl: the source is larger than allowed (CURLE_FILESIZE_EXCEEDED).
too_large=63

fail() {
  echo "ingest: FAILED $1" >&2
  exit 1
}

[ $# -eq 7 ] || fail "7 arguments are needed, $# were given"
url=$1 target=$2 manifest=$3 pipeline=$4 run=$5 max_bytes=$6 deadline=$7

# script-runner.jar has no deadline, so a child with a deadline does everything below.
if [ -z "${INGEST_HAS_DEADLINE:-}" ]; then
  export INGEST_HAS_DEADLINE=yes
  status=0
  timeout -k 30 "$deadline" bash "$0" "$@" || status=$?
  [ "$status" -ne 124 ] && [ "$status" -ne 137 ] || echo "ingest: FAILED it was not done in $deadline seconds" >&2
  exit "$status"
fi

fetch() {
  if command -v curl >/dev/null; then
    curl --fail --silent --show-error --location --max-redirs 10 --proto '=http,https' --proto-redir '=http,https' \
      --globoff --connect-timeout 30 --speed-limit 1 --speed-time 120 --max-filesize "$max_bytes" -- "$url"
  else
    wget --quiet --output-document=- --tries=1 --timeout=120 --max-redirect=10 -- "$url"
  fi
}

# One byte more than allowed distinguishes a source that is too large from one that just fits. Above 50 GB the CLI must know
# the expected size to choose its parts (AWS CLI, s3 cp, --expected-size).
copy() {
  size_hint=()
  [ "$max_bytes" -le 50000000000 ] || size_hint=(--expected-size "$max_bytes")
  fetch | head -c $((max_bytes + 1)) | aws s3 cp - "$target" "${size_hint[@]+"${size_hint[@]}"}" --only-show-errors
}

# The size and the ETag of the object.
stored() {
  place=${target#s3://}
  aws s3api head-object --bucket "${place%%/*}" --key "${place#*/}" --query '[ContentLength,ETag]' --output text
}

is_too_large() {
  read -r size _ <<<"$(stored 2>/dev/null)"
  case ${size:-none} in
    *[!0-9]*) return 1 ;;
    *) [ "$size" -gt "$max_bytes" ] ;;
  esac
}

give_up() {
  aws s3 rm "$target" --only-show-errors || echo "ingest: cannot remove $target, which is never read" >&2
  fail "$1"
}

# The whole pipe is tried again, because it cannot take back the bytes of a broken download.
try=1
while true; do
  status=0
  copy || status=$?
  if [ "$status" -eq "$too_large" ] || is_too_large; then give_up "$url has more than $max_bytes bytes"; fi
  [ "$status" -ne 0 ] || break
  echo "ingest: try $try of $tries failed with exit code $status" >&2
  [ "$try" -lt "$tries" ] || give_up "$url could not be fetched into $target in $tries tries"
  try=$((try + 1))
  sleep "$pause"
done

told=$(stored)
read -r size etag <<<"$told"
etag=${etag//\"/}
case $size:$etag in
  *[!0-9A-Za-z:-]* | :* | *:) fail "S3 reports for $target the size '$size' and the ETag '$etag'" ;;
esac

# None of these has a character that must be escaped in JSON; the service makes sure of that.
printf '{"version":1,"pipeline":"%s","run":"%s","objects":[{"uri":"%s","etag":"%s","size":%s}]}\n' \
  "$pipeline" "$run" "$target" "$etag" "$size" | aws s3 cp - "$manifest" --only-show-errors
echo "ingest: $url is $target, $size bytes"
