# How images are built: sets options, what `docker build` must be told on this machine and engine. Sourced by what builds.

# The builder that every engine has, with no plugin beside it.
export DOCKER_BUILDKIT=0

options=()
# An engine without a network for containers, as sandbox-images/engine starts it.
[ -n "$(docker network ls -q --filter driver=bridge)" ] || options+=(--network=host)
# Builders forget these when an image is done: they are in neither its environment nor its history.
eval "$(apt-config shell apt_http Acquire::http::Proxy apt_https Acquire::https::Proxy 2>/dev/null)"
http_proxy=${http_proxy:-${HTTP_PROXY:-${apt_http:-}}} https_proxy=${https_proxy:-${HTTPS_PROXY:-${apt_https:-}}}
no_proxy=${no_proxy:-${NO_PROXY:-}}
export http_proxy https_proxy no_proxy
for name in http_proxy https_proxy no_proxy; do
  [ -z "${!name}" ] && unset "$name" || options+=(--build-arg "$name")
done
