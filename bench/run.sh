#!/bin/sh
# Runs one benchmark: ./bench/run.sh NAME [options]. Without arguments it lists them. bench/README.md says more.
set -eu
cd "$(dirname "$0")/.."

# In a locale that is not UTF-8's Java cannot name the files of a path with umlauts.
case $(locale charmap 2>/dev/null) in UTF-8) ;; *) export LC_ALL=C.UTF-8 ;; esac

for argument in "$@"; do
  case $argument in -h | --help) set -- --help ;; esac
done

case ${1:-} in
  main-job) class=bench.MainJob ;;
  spark) class=bench.SparkRatio ;;
  kills) class=kills.Kills ;;
  quota) class=bench.Quota ;;
  cpu) class=bench.Cpu ;;
  warehouse) class=bench.Warehouse ;;
  intake) class=bench.Intake ;;
  page) class=bench.Page ;;
  short-forms) class=bench.ShortForms ;;
  '' | -h | --help)
    echo "main-job  the demo's wall time by phase, the service's memory, and the time from landing to the launch of a cluster;"
    echo "          [--runs N] [--objects N] [--together N] [--times N] [--keep]"
    echo "spark     the Spark job against the smallest hand-written one that writes the same rows;"
    echo "          [--rows N] [--pairs N] [--files N] [--iris] [--wide] [--json] [--parquet] [--full-jit] [--keep]"
    echo "kills     kills the service at every call of a run, and looks whether anything was lost, doubled or leaked;"
    echo "          [--seed N] [--points N] [--together N] [--short] [--logs]"
    echo "quota     500 runs at once against EMR's quotas, in virtual time: how fresh the run store is, and how many calls that takes;"
    echo "          [--seed N] [--runs N] [--keep]"
    echo "cpu       the CPU time of the service while 500 runs wait for clusters whose steps hang; [--runs N] [--warm-up N] [--seconds N] [--keep]"
    echo "warehouse the statements and the time of a load, with one file and with many; [--runs N] [--files N] [--keep]"
    echo "intake    how many landed objects a second the service records, from a long listing and from events;"
    echo "          [--objects N] [--events N] [--keep]"
    echo "page      the operator's page over many runs: the time of an answer, its size, and the cost of open pages;"
    echo "          [--runs N] [--pipelines N] [--watchers N] [--open N] [--views N] [--warm-up N] [--seconds N] [--keep]"
    echo "short-forms  each of these but kills in its short form, NAME --short, and judges its last line; mvn verify -Pfull runs the one of kills"
    exit 0
    ;;
  *)
    echo "bench: there is no benchmark $1; ./bench/run.sh lists them" >&2
    exit 2
    ;;
esac
shift

# The demo knows what is missing or stale, and what it needs to build it.
./demo.sh --build
jdk=${JAVA_HOME:+$JAVA_HOME/bin/}
libraries="local-cloud/target/local-cloud.jar:local-cloud/target/lib/*"
# What runs the service's own classes has its libraries first.
service="target/classes:target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*"
"${jdk}javac" -proc:none -cp "$service:$libraries" -d target/bench/classes bench/java/bench/*.java kills/src/main/java/kills/*.java
case $class in bench.Quota | bench.Warehouse | bench.Intake | bench.Page) libraries=$service:$libraries ;; esac
# The service's own memory limit.
case $class in bench.Intake) heap=-Xmx256m ;; *) heap= ;; esac
exec "${jdk}java" ${heap:+"$heap"} -cp "target/bench/classes:$libraries" "$class" "$@"
