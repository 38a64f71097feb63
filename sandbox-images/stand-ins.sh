# Base images for a machine that reaches no registry, made of what it does reach: Debian's packages and the .NET runtime
# that is installed. Sourced by build. They have names of their own: nobody must take them for the published images.
debian_stand_in=rewardserver/debian:bookworm
dotnet_stand_in=rewardserver/dotnet:10.0

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# Whether image $1 is here or can be pulled. A registry that cannot be reached says so within seconds, or never.
can_have() { has_image "$1" || timeout 90 docker pull -q "$1" >/dev/null 2>&1; }

# Sets debian to the image to build on.
choose_debian() {
  debian=debian:bookworm-slim
  if has_image $debian; then return; fi
  if has_image $debian_stand_in || ! can_have $debian; then
    debian=$debian_stand_in
    has_image $debian || make_debian
  fi
}

# Sets dotnet to the image that has the .NET 10 runtime at /usr/share/dotnet.
choose_dotnet() {
  dotnet=mcr.microsoft.com/dotnet/runtime:10.0
  if has_image $dotnet; then return; fi
  if has_image $dotnet_stand_in || ! can_have $dotnet; then
    dotnet=$dotnet_stand_in
    has_image $dotnet || make_dotnet
  fi
}

# The mirror that this machine takes Debian bookworm from. Never one with a password in its address: it stays in the image.
debian_mirror() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(IDENTIFIER)' 2>/dev/null |
    awk '$2 == "bookworm" && $3 == "main" && $4 == "Packages" && $1 ~ /^https?:/ && $1 !~ /@/ { print $1; exit }')
  echo "${DEBIAN_MIRROR:-${mirror:-http://deb.debian.org/debian}}"
}

make_debian() {
  [ "$(id -u)" = 0 ] || fail "no registry has debian:bookworm-slim, and only root can make a Debian here"
  if ! command -v debootstrap >/dev/null || [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends debootstrap debian-archive-keyring ||
      fail "debootstrap could not be installed"
  fi
  local mirror root=$work/debian
  mirror=$(debian_mirror)
  say "no registry has debian:bookworm-slim; making a Debian from $mirror"
  debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg bookworm "$root" "$mirror" >"$work/debootstrap.log" ||
    { tail -n 20 "$work/debootstrap.log" "$root/debootstrap/debootstrap.log" >&2; fail "debootstrap failed"; }
  echo "deb $mirror bookworm main" >"$root/etc/apt/sources.list"
  # As in the published image: no manuals, no translations, no flushing of a file system that is thrown away on failure.
  printf 'path-exclude /usr/share/%s/*\n' doc info locale man >"$root/etc/dpkg/dpkg.cfg.d/slim"
  echo 'path-include /usr/share/doc/*/copyright' >>"$root/etc/dpkg/dpkg.cfg.d/slim"
  echo force-unsafe-io >>"$root/etc/dpkg/dpkg.cfg.d/slim"
  echo 'Acquire::Languages "none";' >"$root/etc/apt/apt.conf.d/slim"
  rm -rf "$root"/usr/share/{info,locale,man}/* "$root"/var/{cache/apt,lib/apt/lists,log,tmp}/* "$root"/tmp/*
  find "$root/usr/share/doc" ! -type d ! -name copyright -delete
  # What belongs to this machine and not to an image.
  rm -f "$root/etc/resolv.conf" "$root/etc/hostname" "$root/etc/machine-id"
  tar -C "$root" --one-file-system --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -c . |
    docker import - $debian_stand_in >/dev/null || fail "the engine did not take the Debian"
  rm -rf "$root"
}

make_dotnet() {
  local shared version root
  # "Microsoft.NETCore.App 10.0.1 [/usr/share/dotnet/shared/Microsoft.NETCore.App]": the newest of 10.0.
  read -r version shared < <(dotnet --list-runtimes 2>/dev/null |
    sed -n 's/^Microsoft\.NETCore\.App \(10\.0\.[^ ]*\) \[\(.*\)\]$/\1 \2/p' | sort -V | tail -n 1)
  [ -n "${shared:-}" ] || fail "no registry has mcr.microsoft.com/dotnet/runtime:10.0, and no .NET 10 runtime is installed"
  root=${shared%/shared/*}
  say "no registry has the .NET runtime; taking $version from $root"
  tar -C "$root" --owner=0 --group=0 --transform='s,^,usr/share/dotnet/,S' -c dotnet LICENSE.txt ThirdPartyNotices.txt \
    "host/fxr/$version" "shared/Microsoft.NETCore.App/$version" |
    docker import - $dotnet_stand_in >/dev/null || fail "the engine did not take the .NET runtime"
}
