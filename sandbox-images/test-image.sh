# Runs an image's sample programs in plain containers, with what a slot has: no network, a read-only root, a scratch
# folder, the candidate's user; and its limits through the server's pool. Sourced by build.
#
# A folder NAME/test holds hello.*, compile-error.*, run-error.* and `run`, a shell script that is called in /box with the
# name of one of them; it compiles and runs it, and exits with 65 where it does not compile.

container=(docker run --rm -i --network none --read-only --security-opt no-new-privileges --memory 1g --pids-limit 256
  --tmpfs /box:rw,exec,nosuid,nodev,size=64m,nr_inodes=4097,mode=0700,uid=1000,gid=1000)
# The environment of a run, and nothing of the image's.
in_container() {
  "${container[@]}" --user 1000:1000 --cap-drop ALL --entrypoint /usr/bin/env "$image" -i LANG=C.UTF-8 HOME=/box \
    PATH=/usr/local/bin:/usr/bin:/bin PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 /bin/sh -c "$1"
}

# expect WHAT CONDITION… : says what is wrong where the condition does not hold.
expect() {
  "${@:2}" && return
  say "$name: $1: exit code $code, stdout '$(head -c 300 "$work/stdout")', stderr '$(head -c 600 "$work/stderr")'"
  return 1
}

# What holds of every image: nothing carries somebody else's rights, /box and /tmp are one, all else is read-only.
test_system() {
  code=0
  # As root, who sees every folder.
  "${container[@]}" --entrypoint /bin/sh "$image" -c 'find / -xdev -type f \( -perm /6000 -o -name "*.deb" \); ls /var/lib/apt/lists' \
    </dev/null >"$work/stdout" 2>"$work/stderr" || code=$?
  expect "setuid programs or leftovers of apt" [ "$code" = 0 -a ! -s "$work/stdout" -a ! -s "$work/stderr" ] || return 1
  in_container 'set -e
    [ "$(id -un)" = sandbox ] && [ ~sandbox = /box ] && [ "$(pwd)" = /box ]
    touch /tmp/a && [ -e /box/a ] && [ -x /opt/rewardserver/runner ]
    for folder in / /usr /etc /opt/rewardserver /var/tmp; do ! [ -w $folder ] || { echo "$folder"; exit 1; }; done' \
    </dev/null >"$work/stdout" 2>"$work/stderr" || code=$?
  expect "user, scratch folder and agent" [ "$code" = 0 ] || return 1
  expect "label and entry point" [ "$(docker image inspect -f '{{index .Config.Labels "org.rewardserver.image"}} {{.Config.Entrypoint}}' \
    "$image")" = "$name [/opt/rewardserver/runner]" ]
}

# Runs a sample; sets code, fills $work/stdout and $work/stderr. The files go in as a stream: an engine on another host
# or in another file system sees no folder of ours.
run_sample() {
  code=0
  tar -C "$work/samples" -c . | in_container "tar -x && sh ./run $1" >"$work/stdout" 2>"$work/stderr" || code=$?
}

# test_image NAME IMAGE
test_image() {
  local name=$1 image=$2 code sample ok=0 count=0
  test_system || ok=1
  rm -rf "$work/samples" && mkdir "$work/samples"
  [ ! -d "$name/test" ] || tar -C "$name/test" --exclude=__pycache__ -c . | tar -C "$work/samples" -x
  # A language with a resident is asked as the agent asks it.
  [ ! -f "$name/test/resident.c" ] || gcc -O2 -static "$name/test/resident.c" -o "$work/samples/resident" || return 1
  for sample in "$name"/test/{hello,compile-error,run-error}.*; do
    [ -f "$sample" ] || continue
    count=$((count + 1)) sample=${sample##*/}
    run_sample "$sample"
    case $sample in
      hello.*) expect "$sample" [ "$code" = 0 -a "$(cat "$work/stdout")" = hello ] || ok=1 ;;
      compile-error.*) expect "$sample" [ "$code" = 65 -a -s "$work/stderr" ] || ok=1 ;;
      run-error.*) expect "$sample" [ "$code" != 0 -a "$code" != 65 -a "$(cat "$work/stdout")" = before ] || ok=1 ;;
    esac
  done
  [ "$count" -ge 3 ] || [ "$name" = base ] || { say "$name: no samples in $name/test"; ok=1; }
  say "$name: $count samples, $([ $ok = 0 ] && echo passed || echo failed)"
  return $ok
}

# test_limits NAME… : programs of these images that come to their limits, through the server's own pool.
test_limits() {
  local languages=() name
  command -v dotnet >/dev/null || { say "limits: not tested, for there is no dotnet"; return; }
  for name in "$@"; do
    case $name in
      base) ;;
      cpp) languages+=(c cpp) ;;
      javascript) languages+=(javascript typescript) ;;
      *) languages+=("$name") ;;
    esac
  done
  [ ${#languages[@]} -gt 0 ] || return 0
  SANDBOX_TESTS_LANGUAGES="${languages[*]}" SANDBOX_TESTS_TAG=$tag SANDBOX_TESTS_DOCKER=${DOCKER_HOST:-unix:///var/run/docker.sock} \
    dotnet run -c Release --project ../tests/RewardServer.Sandboxing.Tests -- -noColor -noLogo -class '*LimitsOfEveryLanguage' >"$work/log" 2>&1
  local code=$?
  # What programs print may be anything.
  [ $code = 0 ] || tail -n 60 "$work/log" | tr -cd '[:print:]\n' | cut -c1-400 >&2
  say "limits: $(sed -n 's/.*\(Total: [0-9]*\), Errors: [0-9]*, \(Failed: [0-9]*\).*/\1, \2/p' "$work/log")"
  return $code
}
