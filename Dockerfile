# The server. It runs programs in containers of an engine that it is given: docs/deploy.md.
#   docker build -t rewardserver/server .
#   docker build -t rewardserver/server --build-arg TORCH=cpu .   # one that can train, too: 500 MB more
#   docker build -t rewardserver/cuda --build-arg RUNTIME=pytorch/pytorch:2.11.0-cuda13.0-cudnn9-runtime .
#                       # one that trains on a GPU, on an image that has PyTorch: docs/gpu.md
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0
ARG DOTNET=mcr.microsoft.com/dotnet/aspnet:10.0
ARG RUNTIME=$DOTNET

FROM $SDK AS build
LABEL org.rewardserver.image=server-build
# For the sandbox's agent, which is C.
RUN apt-get update -q -o Acquire::Retries=3 && \
    apt-get install -y -q --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
ARG TORCH=none
# What changes seldom first, for the layers to be kept: the packages, then the C# compiler, whose translation ahead of
# time takes longest.
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY src/RewardServer/RewardServer.csproj src/RewardServer/
COPY src/RewardServer.Grading/RewardServer.Grading.csproj src/RewardServer.Grading/
COPY src/RewardServer.Jobs/RewardServer.Jobs.csproj src/RewardServer.Jobs/
COPY src/RewardServer.Sandboxing/RewardServer.Sandboxing.csproj src/RewardServer.Sandboxing/
COPY src/RewardServer.Symbolics/RewardServer.Symbolics.csproj src/RewardServer.Symbolics/
COPY src/RewardServer.Training/RewardServer.Training.csproj src/RewardServer.Training/
COPY sandbox-images/csharp/compiler/RewardServer.CSharpCompiler.csproj sandbox-images/csharp/compiler/
RUN dotnet restore src/RewardServer -p:Torch=$TORCH && dotnet restore sandbox-images/csharp/compiler
COPY sandbox-images/csharp/compiler sandbox-images/csharp/compiler
RUN dotnet publish sandbox-images/csharp/compiler -c Release --no-restore -nodeReuse:false
COPY sandbox-images sandbox-images
COPY src src
# Without a C compiler the server would build too, but without its agent.
RUN dotnet publish src/RewardServer -c Release --no-restore -nodeReuse:false -p:Torch=$TORCH -p:UseAppHost=false -o /app && test -x /app/sandbox-runner

# .NET for a base that is another than .NET's own; for that there is nothing to add.
FROM $DOTNET AS dotnet
LABEL org.rewardserver.image=server-dotnet
ARG DOTNET
ARG RUNTIME
RUN mkdir -p /added/usr/share /added/usr/bin && \
    if [ "$RUNTIME" != "$DOTNET" ]; then cp -a /usr/share/dotnet /added/usr/share && ln -s /usr/share/dotnet/dotnet /added/usr/bin; fi

FROM $RUNTIME
LABEL org.rewardserver.image=server
COPY --from=dotnet /added /
# Where the base's python3 has PyTorch, /opt/libtorch is its libraries, for --libtorch; one that cannot be linked is an error.
RUN set -e; \
    if command -v python3 >/dev/null; then \
      torch=$(python3 -c 'import importlib.util as util; found = util.find_spec("torch"); print(found.submodule_search_locations[0] if found else "")'); \
      if [ -n "$torch" ]; then ln -sT "$torch/lib" /opt/libtorch; test -f /opt/libtorch/libtorch_cpu.so; fi; \
    fi; \
    dotnet --list-runtimes | grep -q AspNetCore
# The user that .NET's images call app; by its number, for images that lack the name. A new volume takes over the
# folder's owner and mode. It is not readable: every slot has the whole volume, and must not see the others in it.
RUN mkdir -p /run/rewardserver-slots && chown 1654:1654 /run/rewardserver-slots && chmod 0711 /run/rewardserver-slots
# Base models that were pretrained, and what fits libtorch to the machine: for whichever user trains.
RUN mkdir -p /var/cache/rewardserver && chmod 1777 /var/cache/rewardserver
COPY --from=build /app /app
USER 1654:1654
WORKDIR /app
ENV ASPNETCORE_URLS=http://0.0.0.0:8080 \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_EnableDiagnostics=0 \
    XDG_CACHE_HOME=/var/cache \
    Sandbox__Engine=docker \
    Sandbox__Docker__SocketFolder=/run/rewardserver-slots \
    Sandbox__Docker__SocketVolume=rewardserver-slots
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "/app/rewardserver.dll", "health"]
ENTRYPOINT ["dotnet", "/app/rewardserver.dll"]
