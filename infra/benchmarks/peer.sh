# The peer of a deployment: what somebody types who runs the function without Slipway. Sourced after lib.sh.

# by_hand FOLDER: installs the Functions Framework in a copy of the folder, starts the function and returns when it answers
by_hand() {
    local port=$1 folder=$2
    (cd "$folder" && npm install @google-cloud/functions-framework@4.0.1) || return
    (cd "$folder" && PORT=$port exec node node_modules/@google-cloud/functions-framework/build/src/main.js \
        --target=helloHttp) &
    peer=$!
    others+=("$peer")
    await_http "http://127.0.0.1:$port" 60
}

# fresh_copy NAME: the sample with bytes that no build has seen, in $copy
fresh_copy() {
    copy=$work/$1
    cp -r "$root/infra/samples/hello-node" "$copy"
    echo "// $RANDOM$RANDOM $(now_ms)" >>"$copy/index.js"
}

# time_by_hand NAME: leaves the milliseconds in $took
time_by_hand() {
    fresh_copy "$1"
    timed by_hand "$(free_port)" "$copy"
    kill "$peer" && wait "$peer" 2>/dev/null || true
}
