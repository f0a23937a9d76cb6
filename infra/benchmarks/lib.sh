# What the benchmarks share; a benchmark sources it first:  . "${BASH_SOURCE[0]%/*}/lib.sh"
# It leaves: $root (the checkout), $short (yes with --short), $work (a directory that goes when the script ends)
# and an installation of its own, reached through the function slipway.
set -euo pipefail

[ "${BASH_VERSINFO[0]}" -ge 5 ] || {
    echo "bash 5 or newer is needed; this one is $BASH_VERSION" >&2
    exit 2
}

root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
export LC_ALL=C.UTF-8
short=no
missed=0
others=() # what is to end with the script, by pid

case ${1:-} in
    '') ;;
    --short) short=yes ;;
    *)
        echo "usage: ${0##*/} [--short]    --short: few repetitions, bars only shown" >&2
        exit 2
        ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/slipway-${0##*/}.XXXXXX")
export SLIPWAY_HOME=$work/home

# The command, on this script's own installation.
slipway() { "$root/slipway" "$@"; }

# Milliseconds since 1970.
now_ms() {
    local t=${EPOCHREALTIME/[.,]/}
    echo $((t / 1000))
}

# seconds MS: 1234 is 1.234
seconds() { awk -v ms="$1" 'BEGIN { printf "%.3f\n", ms / 1000 }'; }

# calc EXPRESSION: arithmetic with fractions, to three digits
calc() { awk "BEGIN { printf \"%.3f\\n\", $1 }"; }

# median VALUE...
median() {
    printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END {
        printf "%.3f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# percentile P VALUE...: the smallest value that P per cent do not exceed
percentile() {
    local p=$1
    shift
    printf '%s\n' "$@" | sort -g | awk -v p="$p" '{ v[NR] = $1 } END {
        i = int(NR * p / 100); if (i < NR * p / 100) i++; if (i < 1) i = 1; printf "%.3f\n", v[i] }'
}

# value_of NAME FILE
value_of() { awk -v name="$1" '$1 == name { print $2 }' "$2"; }

# figure NAME VALUE UNIT [≤|≥ BAR]: one line; a missed bar makes the script exit with 1, unless --short
figure() {
    local name=$1 value=$2 unit=$3 sign=${4:-} bar=${5:-}
    if [ -z "$sign" ]; then
        printf '%s %s %s\n' "$name" "$value" "$unit"
        return
    fi
    local verdict=
    if ! awk -v v="$value" -v s="$sign" -v b="$bar" 'BEGIN { exit !(s == "≤" ? v <= b : v >= b) }'; then
        verdict=' MISSED'
        [ "$short" = yes ] || missed=1
    fi
    printf '%s %s %s (bar %s %s)%s\n' "$name" "$value" "$unit" "$sign" "$bar" "$verdict"
}

# What it ran on, and how busy that was.
machine() {
    local cpu memory load
    cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
    memory=$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
    load=$(uptime | sed 's/.*load average[s]*: *//; s/,* .*//')
    echo "machine: $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores${cpu:+, $cpu}${memory:+, $memory}, load $load"
}

# rss_mb PID...: resident memory of these processes together
rss_mb() { ps -o rss= -p "$(echo "$@" | tr ' ' ',')" | awk '{ kb += $1 } END { printf "%.0f\n", kb / 1024 }'; }

# pid_of PROCESS: local-cloud, upload-worker, …, as the installation noted it down
pid_of() { slipway_note "$1" pid; }

# slipway_note PROCESS FIELD: what endpoints.json says of a process
slipway_note() {
    tr -d ' \n' <"$SLIPWAY_HOME/endpoints.json" | tr '{}' '\n\n' |
        sed -n "s/.*\"name\":\"$1\".*\"$2\":\"\\{0,1\\}\\([^\",]*\\).*/\\1/p" | head -n 1
}

# await_http URL SECONDS: returns when it answers with success, fails when it does not in time
await_http() {
    local end=$(($(now_ms) + $2 * 1000))
    until curl -fsS -o /dev/null --max-time 5 "$1" 2>/dev/null; do
        [ "$(now_ms)" -lt "$end" ] || return 1
        sleep 0.02
    done
}

# free_port: any that nobody listens on
free_port() {
    local port
    for port in $(shuf -i 20000-32000 -n 50); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || {
            echo "$port"
            return
        }
    done
    return 1
}

# java_25: the java of a JDK 25
java_25() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -x "$home/bin/java" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
            printf '%s\n' "$home/bin/java"
            return
        fi
    done
    echo "a JDK 25 is needed; none was found in JAVA_HOME and /usr/lib/jvm" >&2
    return 1
}

# Brings the installation up as it is when people have used it once: what a start and a drop load was listed, the archives
# that make the next starts fast were made of it, and a drop has gone all the way.
warm_up() {
    use_once
    if archives_are_missing; then
        slipway down >/dev/null
        await_archives || exit 2
        use_once
    fi
}

use_once() {
    slipway up --port "$(free_port)" >"$work/up.log"
    slipway drop "$root/infra/samples/hello-node" --service warm-up >"$work/drop.log"
}

archives_are_missing() {
    local of
    [ "${SLIPWAY_BUILD:-}" != never ] || return 1 # nothing is written beside the jars then, so none are to come
    for of in upload-worker build-worker deploy-worker infra/local-cloud infra/cli; do
        compgen -G "$root/$of/target/start/*.list" >/dev/null && return
        compgen -G "$root/$of/target/start/*.jsa" >/dev/null || return 0
    done
    return 1
}

await_archives() {
    local end=$(($(now_ms) + 300000))
    while archives_are_missing; do
        [ "$(now_ms)" -lt "$end" ] || {
            echo "the archives of classes were not made within 5 minutes" >&2
            return 1
        }
        sleep 1
    done
}

# timed COMMAND...: runs it, its output into $work/timed.log, and leaves the milliseconds that it took in $took
timed() {
    local began
    began=$(now_ms)
    "$@" >"$work/timed.log" 2>&1 || {
        local code=$?
        cat "$work/timed.log" >&2
        echo "$* ended with $code" >&2
        exit 2
    }
    took=$(($(now_ms) - began))
}

leave() {
    local code=$?
    trap - EXIT INT TERM
    for pid in ${others[@]+"${others[@]}"}; do
        kill "$pid" 2>/dev/null || true
    done
    if [ -d "$SLIPWAY_HOME" ]; then
        if [ "$code" -ne 0 ]; then
            tail -n 30 "$SLIPWAY_HOME"/logs/*.log >&2 2>/dev/null || true
        fi
        SLIPWAY_BUILD=never slipway down --reset >/dev/null 2>&1 || true # the next benchmark needs the processors
    fi
    rm -rf "$work"
    exit "$code"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# For what counts in the short form too: the script exits with 1.
fail() { missed=1; }

# The last line of a benchmark.
finish() { exit "$missed"; }
