/// What the janitor runs: POSIX sh, since it must need nothing that could be missing.
///
/// It makes the directory, starts each process as a child of its own as lines on its input say (`NAME COMMAND`), and
/// when its input ends, however that came about, ends them and removes the directory. It answers `dir PATH` once, and
/// `started NAME PID` for each line.
enum JanitorScript {
    static let text = """
        trap : HUP INT QUIT TERM PIPE
        # Unix sockets below it have at most 107 bytes.
        base=${TMPDIR:-/tmp}
        [ ${#base} -gt 60 ] && base=/tmp
        dir=$(mktemp -d "$base/gad-demo.XXXXXX") || exit 1
        echo "dir $dir"
        pids=
        while read -r name command; do
            ( cd "$dir" && eval "exec $command" ) </dev/null >"$dir/$name.log" 2>&1 &
            pids="$! $pids"
            echo "started $name $!"
        done
        # A number that another process has got meanwhile is none of ours.
        ours() { read -r _ _ _ parent _ 2>/dev/null <"/proc/$1/stat" && [ "$parent" = "$$" ]; }
        stop() { for pid in $pids; do ours "$pid" && kill -"$1" "$pid" 2>/dev/null; done; }
        left() { for pid in $pids; do ours "$pid" && return 0; done; return 1; }
        stop TERM
        tries=0
        while left && [ $tries -lt 40 ]; do
            sleep 0.1
            tries=$((tries + 1))
            # Told twice, a gateway leaves without draining.
            [ $tries -eq 10 ] && stop TERM
        done
        stop KILL
        rm -rf "$dir"
        # Whatever they left behind is of this session, as is this shell.
        kill -KILL 0
        """
}
