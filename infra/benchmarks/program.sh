# For the benchmarks that need a program of their own; sourced after lib.sh.

# Builds the program where it is not built, or older than its sources.
build_program() {
    local jar
    jar=$(program_jar)
    case ${SLIPWAY_BUILD:-} in
        never | done) [ -z "$jar" ] || return 0 ;; # the same as for the command
    esac
    if [ -z "$jar" ] || [ -n "$(find "$root/infra/benchmarks/src" "$root/infra/benchmarks/pom.xml" -newer "$jar" | head -n 1)" ]; then
        mvn -B -ntp -q -Dquick -f "$root/pom.xml" -pl contracts,infra/archive,infra/benchmarks package >"$work/build.log" 2>&1 || {
            tail -n 30 "$work/build.log" >&2
            echo "the benchmark program was not built" >&2
            exit 2
        }
    fi
}

program_jar() {
    find "$root/infra/benchmarks/target" -maxdepth 1 -name 'slipway-benchmarks-*.jar' 2>/dev/null | head -n 1 || true
}

# run_program ARGUMENT...: with the Java and the flags of the workers, so that neither side has a better one
run_program() {
    local java
    [ -e "$work/java" ] || worker_java >"$work/java"
    mapfile -t java <"$work/java"
    "${java[@]}" -jar "$(program_jar)" "$@" 2>"$work/program.log" || {
        tail -n 30 "$work/program.log" >&2
        return 1
    }
}

# How a worker was started, a word a line, but for what is its own: the archive of its classes and its jar.
worker_java() {
    ps -ww -o args= -p "$(pid_of upload-worker)" | tr ' ' '\n' |
        awk '/^-jar$/ { exit } !/^-Xlog:/ && !/SharedArchiveFile|DumpLoadedClassList/'
}

# Ends the workers and returns when they are gone; the local cloud goes on.
stop_workers() {
    local worker pid
    for worker in upload-worker build-worker deploy-worker; do
        pid=$(pid_of "$worker")
        kill "$pid"
        while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
    done
}
