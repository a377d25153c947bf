#!/bin/sh
# The main job on a laptop: one file lands, a transient cluster comes up, Spark transforms it, the cluster is gone, and a
# Snowflake external table answers. No account, no container engine. `./demo.sh --help` lists the options.
set -eu
from=$PWD
cd "$(dirname "$0")"

# In a locale that is not UTF-8's Java cannot name the files of a path with umlauts.
case $(locale charmap 2>/dev/null) in UTF-8) ;; *) export LC_ALL=C.UTF-8 ;; esac

fail() {
  echo "demo: $1" >&2
  exit 1
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null 2>&1 ||
  fail "there is no Java; install a JDK 17, 21 or 25 (for instance 'apt-get install openjdk-17-jdk-headless', or adoptium.net) and try again"
release=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
[ "${release:-0}" -ge 17 ] ||
  fail "this is Java ${release:-of an unknown version}; install a JDK 17, 21 or 25 and point JAVA_HOME to it"

build_only=
for argument in "$@"; do
  case $argument in
    --build) build_only=yes ;;
    -h | --help)
      sed -n '2,3s/^# //p' "$0"
      echo
      echo "Usage: ./demo.sh [--config C] [--pipeline P] [--file F] [--stay] [--facts P]"
      echo "       ./demo.sh --build"
      echo "  --config C    pipelines of yours, as the service reads them, instead of iris; what they name is made in the stand-ins"
      echo "  --pipeline P  the one to show: iris (default) takes a file that lands, iris-dag is started, and its cluster fetches the file"
      echo "  --file F      land that file; for iris: four numbers and a class, no header"
      echo "  --stay        keep serving until Ctrl-C"
      echo "  --facts P     write what was measured to that file, as properties"
      echo "  --build       only build what is missing"
      exit 0
      ;;
  esac
done

# What was built for another Java runs another Spark, and what is older than its sources is stale.
spark=spark-core_2.12-3
if [ "$release" -ge 24 ]; then spark=spark-core_2.13-4; fi
built=target/quarkus-app/quarkus-run.jar
stale() {
  [ -f "$built" ] && [ -f local-cloud/target/local-cloud.jar ] || return 0
  grep -q "$spark" local-cloud/spark/target/spark.classpath || return 0
  [ -n "$(find pom.xml reactor.xml src/main contract/pom.xml contract/src/main spark-job/pom.xml spark-job/src/main local-cloud/pom.xml local-cloud/spark/pom.xml \
    local-cloud/src/main -newer "$built" -type f | head -n 1)" ]
}

if stale; then
  command -v mvn >/dev/null 2>&1 ||
    fail "there is no Maven; install Maven 3.8 or newer (for instance 'apt-get install maven') and try again"
  mkdir -p target
  log=target/demo-build.log
  echo "demo: building what is missing (the first time it downloads Spark and more; a few minutes). The log is $log"
  mvn -B -q -DskipTests package >"$log" 2>&1 &
  build=$!
  trap 'kill $build 2>/dev/null' EXIT
  trap 'exit 130' INT TERM HUP
  seconds=0
  while kill -0 $build 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if [ -t 1 ]; then
      printf '\rdemo: building, %s s' "$seconds"
    elif [ $((seconds % 30)) -eq 0 ]; then
      echo "demo: building, $seconds s"
    fi
  done
  if [ -t 1 ]; then echo; fi
  trap - EXIT INT TERM HUP
  wait $build || {
    tail -n 20 "$log" >&2
    fail "the build failed; the whole log is $log"
  }
fi

[ -z "$build_only" ] || exit 0

if [ -t 1 ]; then
  set -- "$@" --terminal
fi
exec "$java" -XX:TieredStopAtLevel=1 -Xmx256m -Ddemo.from="$from" \
  -cp local-cloud/target/local-cloud.jar localcloud.demo.Demo "$@"
