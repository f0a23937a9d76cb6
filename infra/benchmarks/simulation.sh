# For the benchmarks that run the simulation; sourced after lib.sh.

# Builds the workers' classes and the simulation where they are not built, or older than their sources.
build_simulation() {
    if ! simulation_is_built; then
        mvn -B -ntp -q -f "$root/pom.xml" -pl infra/simulation -am package -DskipTests >"$work/build.log" 2>&1 || {
            tail -n 30 "$work/build.log" >&2
            echo "the simulation was not built" >&2
            exit 2
        }
    fi
}

simulation_is_built() {
    local built=$root/infra/simulation/target/class-path
    [ -e "$built" ] &&
        [ -z "$(find "$root"/contracts/src "$root"/infra/{ledger,archive,worker-kit,simulation}/src "$root"/*-worker/src \
            -newer "$built" | head -n 1)" ]
}

# simulation ARGUMENT...: as infra/simulation describes them
simulation() {
    local java
    java=$(java_25) || exit 2
    "$java" -XX:+UseSerialGC -Xmx1g -Djdk.trackAllThreads=false \
        -cp "$root/infra/simulation/target/test-classes:$(cat "$root/infra/simulation/target/class-path")" \
        dev.slipway.simulation.Simulate "$@"
}
