#!/usr/bin/env bash
# Performs the steps of the Dockerfile on this machine, which needs no Docker engine: builds the stages as directories,
# starts the final one's ENTRYPOINT as its USER with its ENV, and checks what a container must do.
#
#   src/test/docker/check.sh [--war target/ROOT.war] [--payara target/servers/payara-micro.jar] [--port 18080]
#
# With --war the Maven command of the build stage is not run and that WAR is taken for its result. What a container gives
# and a directory does not is imitated: a word that begins with / is looked for below the stage's directory, and the
# port is another one, since 8080 may be taken here. Needs bash, a JDK 17 and, for the change of user, root.
set -euo pipefail
cd "$(dirname "$0")/../../.."

war='' payara=target/servers/payara-micro.jar port=18080
while (($#)); do
    case $1 in
        --war) war=$2 ;;
        --payara) payara=$2 ;;
        --port) port=$2 ;;
        *) echo "check.sh does not know $1" >&2; exit 2 ;;
    esac
    shift 2
done

say() { echo "check.sh: $*"; }
fail() { echo "check.sh: FAILED: $*" >&2; [[ -f $work/log ]] && tail -n 40 "$work/log" >&2; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/foyer-image.XXXXXX")
chmod 755 "$work"
pid=''
trap 'exit 1' INT TERM
trap '[[ -z $pid ]] || kill -KILL "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

[[ -f $payara ]] || fail "there is no $payara; 'mvn' or 'mvn verify' fetches it"
[[ -z $war || -f $war ]] || fail "there is no $war; build it with 'mvn package'"
property() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml | head -n 1; }

# ["a", "b"] into the array `words`
json_words() {
    [[ $1 =~ ^\[\"[^\\]*\"\]$ ]] || fail "not an exec form, or one with a backslash: $1"
    local inner=${1#[\"}
    inner=${inner%\"]}
    mapfile -t words < <(sed 's/" *, *"/\n/g' <<<"$inner")
}
# the array `words` as it must read outside a container
outside() {
    local i
    for i in "${!words[@]}"; do
        [[ ${words[i]} == /?* ]] && words[i]=$root${words[i]}
        words[i]=${words[i]//127.0.0.1:$exposed/127.0.0.1:$port}
        [[ ${words[i]} == "$exposed" ]] && words[i]=$port
    done
    return 0
}

# The context is what .dockerignore lets through: "*" first, then exceptions.
context=$work/context
mkdir "$context"
patterns=$(grep -v -e '^#' -e '^$' .dockerignore)
[[ $(head -n 1 <<<"$patterns") == '*' ]] || fail ".dockerignore does not begin with *"
while read -r pattern; do
    [[ $pattern == !* ]] || fail ".dockerignore: check.sh does not know the pattern $pattern"
    cp -r "${pattern#!}" "$context/"
done < <(tail -n +2 <<<"$patterns")

root='' directory=/ user='' exposed='' volume=''
health=() entrypoint=() command=() environment=()
while IFS= read -r line; do
    instruction=${line%% *}
    rest=${line#* }
    case $instruction in
        FROM)
            read -r image _ stage <<<"$rest"
            root=$work/${stage:-final} directory=/
            mkdir -p "$root"
            case $image in
                maven:*)
                    [[ $image == *-$(property maven.compiler.release) ]] || fail "$image is not for the pom's Java release"
                    ;;
                payara/micro:*)
                    [[ $image == "payara/micro:$(property payara.version)-jdk$(property maven.compiler.release)" ]] \
                        || fail "$image is not the pom's payara.version and Java release"
                    mkdir -p "$root/opt/payara"
                    cp "$payara" "$root/opt/payara/payara-micro.jar"
                    ;;
                *) fail "check.sh does not know the image $image" ;;
            esac
            ;;
        WORKDIR) directory=$rest; mkdir -p "$root$directory" ;;
        COPY)
            from=$context
            if [[ $rest == --from=* ]]; then
                from=${rest%% *}
                from=$work/${from#--from=}
                rest=${rest#* }
            fi
            read -r source target extra <<<"$rest"
            [[ -z $extra ]] || fail "COPY with several sources: $line"
            [[ $target == /* ]] || target=$directory/$target
            source=${source#/}
            [[ -e $from/$source ]] || fail "COPY finds no $source"
            mkdir -p "$(dirname "$root$target")"
            if [[ -d $from/$source ]]; then mkdir -p "$root$target"; cp -r "$from/$source/." "$root$target"; else cp "$from/$source" "$root$target"; fi
            ;;
        RUN)
            if [[ $rest == mvn* && -n $war ]]; then
                say "taking $war instead of running: $rest"
                mkdir -p "$root$directory/target"
                cp "$war" "$root$directory/target/ROOT.war"
            else
                ((EUID == 0)) || rest=$(sed 's/chown [^&]*/true /' <<<"$rest")
                (cd "$root$directory" && bash -ec "$(sed "s: /: $root/:g" <<<"$rest")") >"$work/log" 2>&1 || fail "RUN $rest"
            fi
            ;;
        USER) user=$rest ;;
        ENV) read -r -a environment <<<"$rest" ;;
        VOLUME) volume=$rest ;;
        EXPOSE) exposed=$rest ;;
        HEALTHCHECK) json_words "[${rest#*CMD \[}"; health=("${words[@]}") ;;
        ENTRYPOINT) json_words "$rest"; entrypoint=("${words[@]}") ;;
        CMD) json_words "$rest"; command=("${words[@]}") ;;
        *) fail "check.sh does not know the instruction: $line" ;;
    esac
done < <(grep -v -e '^ *#' -e '^ *$' Dockerfile | sed -e ':a' -e '/\\$/N; s/ *\\\n */ /; ta')

[[ $user =~ ^[1-9][0-9]*:[1-9][0-9]*$ ]] || fail "USER is '$user', not the number of a user other than root"
[[ -n $exposed && " ${command[*]} " == *" --port $exposed "* ]] || fail "EXPOSE $exposed is not the port in CMD"
[[ -d $root$volume ]] || fail "VOLUME $volume is not made"
((${#health[@]} && ${#entrypoint[@]})) || fail "HEALTHCHECK or ENTRYPOINT is missing"
words=("${health[@]}"); outside; health=("${words[@]}")
words=("${entrypoint[@]}" "${command[@]}"); outside; server=("${words[@]}")
words=("${environment[@]/=\//=$root/}"); environment=("${words[@]}")
as_user=()
if ((EUID == 0)); then
    as_user=(setpriv "--reuid=${user%:*}" "--regid=${user#*:}" --clear-groups)
else
    say "NOT ROOT: everything runs as $(id -un) instead of user $user, and chown is left out"
fi
inside=("${as_user[@]}" env -i "PATH=$PATH" "${environment[@]}")
port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
start() {
    "${inside[@]}" "${server[@]}" >"$work/log" 2>&1 &
    pid=$!
    SECONDS=0
}
await_end() { # seconds, complaint; leaves the exit code in `code`
    while kill -0 "$pid" 2>/dev/null; do
        ((SECONDS < $1)) || fail "$2"
        sleep 0.2
    done
    code=0
    wait "$pid" || code=$?
    pid=''
}
! port_open || fail "port $port is taken; choose another with --port"

! "${inside[@]}" "${health[@]}" >"$work/log" 2>&1 || fail "HEALTHCHECK succeeds although nothing runs"

say "starting as user $user: ${server[*]}"
cd "$root"
start
until "${inside[@]}" "${health[@]}" >"$work/health" 2>&1; do
    kill -0 "$pid" 2>/dev/null || fail "the server ended before it was healthy"
    ((SECONDS < 120)) || fail "not healthy after $SECONDS s: $(cat "$work/health")"
    sleep 1
done
say "healthy after $SECONDS s: $(cat "$work/health")"
((EUID != 0)) || [[ $(stat -c %u "/proc/$pid") == "${user%:*}" ]] || fail "the server does not run as user $user"
"${inside[@]}" test -w "$root$volume" || fail "user $user cannot write to $volume"

# FOYER_GUESTS=off: strangers are led to the sign-in page, and programs are told to sign in
answers() {
    answer=$("${inside[@]}" "${health[@]:0:${#health[@]}-1}" "http://127.0.0.1:$port$1" 2>&1 || true)
    say "$answer"
    [[ $answer == *" answers $2" ]] || fail "with guests off $1 must answer $2"
}
answers /chat/ 200
answers /api/v1/me 401

kill -TERM "$pid"
SECONDS=0
await_end 30 "still there 30 s after SIGTERM"
((code == 143 || code == 0)) || fail "SIGTERM ended it with code $code"
! port_open || fail "somebody still listens on port $port"
say "stopped by SIGTERM after $SECONDS s with code $code"

inside+=(FOYER_REDIS_URL=nonsense)
start
await_end 90 "a wrong setting does not end the server"
((code == 78)) || fail "a wrong setting must end the server with code 78, not $code"
grep -q 'foyer.redis.url' "$work/log" || fail "a wrong setting is not named"
say "a wrong setting ends it with code 78: $(grep -m 1 'foyer.redis.url' "$work/log")"
say "PASSED"
