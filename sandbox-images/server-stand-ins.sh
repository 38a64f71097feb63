# Base images of the server's own Dockerfile for a machine that reaches no registry: the .NET that is installed, on the
# Debian of stand-ins.sh. Sourced by test-server, after stand-ins.sh and builder.sh.
sdk_image=mcr.microsoft.com/dotnet/sdk:10.0
aspnet_image=mcr.microsoft.com/dotnet/aspnet:10.0

# Makes both bases be there. Stand-ins have the published names, which the Dockerfile asks for, only while it is built:
# release_server_bases takes the names away again.
borrowed=()
choose_server_bases() {
  if can_have $sdk_image && can_have $aspnet_image; then return; fi
  choose_debian
  make_server_sdk
  make_aspnet
  local names
  for names in "$sdk_stand_in $sdk_image" "$aspnet_stand_in $aspnet_image"; do
    # shellcheck disable=SC2086 # two names
    has_image "${names#* }" || { docker tag $names && borrowed+=("${names#* }"); }
  done
}

release_server_bases() {
  [ ${#borrowed[@]} = 0 ] || docker rmi "${borrowed[@]}" >/dev/null
  borrowed=()
}

# Where .NET is, and what a stand-in is remade for.
dotnet_root() { dirname "$(readlink -f "$(command -v dotnet)")"; }
newest() { dotnet "--list-$1" | sed -n "s/^$2\(10\.0\.[^ ]*\) .*/\1/p" | sort -V | tail -n 1; }

# stand_in NAME TAR_ARGUMENTS… : builds $work/NAME, with files besides, as rewardserver/NAME, and forgets older ones.
stand_in() {
  tar -C "$work/${1%:*}" -c . -C "$(dotnet_root)" "${@:2}" | docker build "${options[@]}" -t "rewardserver/$1" - >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; fail "rewardserver/$1 was not built"; }
  docker images -q --filter "before=rewardserver/$1" "rewardserver/${1%:*}" | sort -u | xargs -r docker rmi -f >/dev/null 2>&1
  return 0
}

# .NET's SDK, with the packages that the server is built of: so it needs no registry of packages either.
make_server_sdk() {
  local version cache sources=$work/sources project
  version=$(newest sdks '')
  [ -n "$version" ] || fail "no registry has $sdk_image, and no .NET 10 SDK is installed"
  sdk_stand_in=rewardserver/dotnet-sdk:$version-$(cat ../Directory.*.props ../src/*/*.csproj csharp/compiler/*.csproj | sha256sum | head -c 12)
  if has_image "$sdk_stand_in"; then return; fi
  say "no registry has the .NET SDK; taking $version from $(dotnet_root)"
  mkdir -p "$sources" "$work/dotnet-sdk/packages"
  tar -C .. -c Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt $(cd .. && echo src/*/*.csproj sandbox-images/csharp/compiler/*.csproj) | tar -C "$sources" -x
  # The packages of this machine, from which the server has been built, are a source as any other.
  cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  for project in src/RewardServer sandbox-images/csharp/compiler; do
    dotnet restore "$sources/$project" --packages "$work/dotnet-sdk/packages" --source "$cache" -v quiet >"$work/log" 2>&1 ||
      dotnet restore "$sources/$project" --packages "$work/dotnet-sdk/packages" -v quiet >"$work/log" 2>&1 ||
      { tail -n 20 "$work/log" >&2; fail "the server's packages could not be had"; }
  done
  cat >"$work/dotnet-sdk/Dockerfile" <<END
FROM $debian
RUN apt-get update -q && apt-get install -y -q --no-install-recommends ca-certificates libssl3 libstdc++6 zlib1g && rm -rf /var/lib/apt/lists/*
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_RUNNING_IN_CONTAINER=true APP_UID=1654
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
COPY packages /root/.nuget/packages
COPY dotnet /usr/share/dotnet/dotnet
COPY host /usr/share/dotnet/host
COPY packs /usr/share/dotnet/packs
COPY shared /usr/share/dotnet/shared
COPY sdk /usr/share/dotnet/sdk
COPY sdk-manifests /usr/share/dotnet/sdk-manifests
END
  stand_in "${sdk_stand_in#*/}" dotnet host packs shared "sdk/$version" sdk-manifests
  rm -rf "$work/dotnet-sdk" "$sources"
}

# The runtime of ASP.NET, with the settings that the published image has.
make_aspnet() {
  local core aspnet
  core=$(newest runtimes 'Microsoft\.NETCore\.App ') aspnet=$(newest runtimes 'Microsoft\.AspNetCore\.App ')
  [ -n "$core" ] && [ -n "$aspnet" ] || fail "no registry has $aspnet_image, and no .NET 10 runtime of it is installed"
  aspnet_stand_in=rewardserver/aspnet:$aspnet
  if has_image "$aspnet_stand_in"; then return; fi
  say "no registry has the ASP.NET runtime; taking $aspnet from $(dotnet_root)"
  mkdir "$work/aspnet"
  cat >"$work/aspnet/Dockerfile" <<END
FROM $debian
RUN apt-get update -q && apt-get install -y -q --no-install-recommends ca-certificates libssl3 libstdc++6 zlib1g && rm -rf /var/lib/apt/lists/*
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true APP_UID=1654
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
COPY dotnet /usr/share/dotnet/dotnet
COPY host /usr/share/dotnet/host
COPY shared /usr/share/dotnet/shared
END
  stand_in "aspnet:$aspnet" dotnet "host/fxr/$core" "shared/Microsoft.NETCore.App/$core" "shared/Microsoft.AspNetCore.App/$aspnet"
  rm -rf "$work/aspnet"
}
