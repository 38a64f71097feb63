using System.CommandLine;
using System.Net.Sockets;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Cli;

/// <summary>The program without a verb: serves over HTTP.</summary>
internal static class ServeCommand
{
    private const string Description = """
        Turns model outputs into rewards: serves the HTTP API until it is stopped; with --train, trains a policy by them.

        Settings come from appsettings.json in the working folder and from the environment, where two underscores
        part a section from its member:
          Server__ApiKeys__0, Server__AllowedHosts__0, Server__MaxRequestMb, Server__MaxItems
          Server__MaxCalls, Server__MaxWaiting, Server__OutputBudgetMb, Server__DeduplicationMb
          Sandbox__Engine (auto, docker, local, none), Sandbox__Slots, Sandbox__RunsPerSlot, Sandbox__WarmKinds,
          Sandbox__MaxQueued, Sandbox__ScratchMb, Sandbox__ScratchInodes, Sandbox__ArtifactMb, Sandbox__PythonZygote,
          Sandbox__MaxSessions, Sandbox__SessionIdleMinutes, Sandbox__AllowWithoutMemoryCgroup
          Sandbox__Docker__Endpoint, Sandbox__Docker__Certificates, Sandbox__Docker__ImagePrefix,
          Sandbox__Docker__ImageTag, Sandbox__Docker__SocketFolder, Sandbox__Docker__SocketVolume,
          Sandbox__Docker__ExactLimits
          Rubrics__Folder: a folder of rubrics, JSON or YAML, that are read again when they change
          Judges__NAME__Kind (chat, classify, bradley-terry), and likewise Url, Model, ApiKey, TimeoutSeconds, Retries,
          RetryDelaySeconds, BreakSeconds, MaxConcurrent, MaxQueued, MaxCharacters, Samples, Temperature, MaxTokens,
          ScoreScale__0, ScoreScale__1, Template, NonceKey, Input, ClassIndex, LabelScores__LABEL, ScorePath, RewardScale
          Scripts__NAME__Path, Scripts__NAME__TimeoutSeconds, Scripts__NAME__Processes, Scripts__NAME__MemoryMb,
          Scripts__NAME__MaxQueued, Scripts__NAME__Low, Scripts__NAME__High
          Trainers__Rubric, Trainers__Rubrics__PROTOCOL, Trainers__PatienceSeconds, Trainers__Forms__NAME__MEMBER
          (docs/trainers/generic.md)
          Storage__Folder: where uploaded tasks are kept
        """;

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"Where to listen, separated by semicolons (default {ListenPolicy.DefaultUrls}). "
            + "Beyond loopback an API key must be configured.",
        HelpName = "URLS",
    };

    private static readonly Option<bool> AllowAnonymous = new("--allow-anonymous")
    {
        Description = "Listen beyond loopback without an API key. This server runs code: only where the network itself is guarded.",
    };

    public static RootCommand Create()
    {
        var command = new RootCommand(Description) { Urls, AllowAnonymous };
        TrainCommand.AddTo(command);
        command.SetAction((parsed, cancellation) => parsed.GetValue(TrainCommand.Train) is not null
            ? TrainCommand.RunAsync(parsed, cancellation)
            : ServeAsync(parsed.GetValue(Urls), parsed.GetValue(AllowAnonymous), cancellation));
        return command;
    }

    private static async Task<int> ServeAsync(string? urls, bool allowAnonymous, CancellationToken cancellation)
    {
        await using var app = await Server.BuildAsync(urls, allowAnonymous, new Dictionary<string, string?>(), cancellation);
        try
        {
            await app.StartAsync(cancellation);
        }
        // What Kestrel throws for an address that is taken, that cannot be bound, or that lacks a certificate.
        catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException or ArgumentException)
        {
            throw new StartException([$"cannot listen: {exception.Message}"]);
        }

        StartBanner.Write(Console.Out, [.. app.Urls], app.Services.GetRequiredService<SandboxPool>());
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
