using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Tests.Scripts;

/// <summary>Scripts in real processes of the executable, and rubrics that name them.</summary>
internal sealed class RunningScripts(ScriptSet scripts, DirectoryInfo folder, SandboxPool sandbox) : IAsyncDisposable
{
    /// <summary>How the executable is started as the server starts it.</summary>
    public static ScriptCommand Command { get; } = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "rewardserver.dll"), "script-worker"]);

    /// <summary>Compiles and starts scripts that must have no errors.</summary>
    public static async Task<RunningScripts> StartAsync(SandboxPool sandbox, params (string Name, string Text, ScriptOptions Options)[] scripts)
    {
        var folder = Directory.CreateTempSubdirectory("script-tests-");
        var (set, errors) = await StartAsync(folder, scripts);
        return errors.Length == 0 ? new(set, folder, sandbox) : throw new InvalidOperationException(string.Join("\n", errors));
    }

    /// <summary>Compiles and starts scripts, and tells what is wrong with them.</summary>
    public static async Task<(ScriptSet Scripts, string[] Errors)> StartAsync(DirectoryInfo folder, params (string Name, string Text, ScriptOptions Options)[] scripts)
    {
        var settings = new Dictionary<string, ScriptOptions>();
        foreach (var (name, text, options) in scripts)
        {
            var path = Path.Combine(folder.FullName, name + ".csx");
            await File.WriteAllTextAsync(path, text);
            settings[name] = options with { Path = path };
        }

        var (set, errors) = await ScriptSet.StartAsync(settings, Command, TimeProvider.System, CancellationToken.None);
        return (set, [.. errors]);
    }

    /// <summary>Grades items by a rubric.</summary>
    public Task<GradedItem[]> GradeAsync(string rubric, IReadOnlyList<Item> items, CancellationToken cancellation, Deduplication? shared = null)
    {
        var (compiled, errors) = Compile(rubric, shared);
        return new SetGrader(64, (_, exception) => throw new InvalidOperationException("a bug of ours", exception))
            .GradeAsync(compiled ?? throw new InvalidOperationException(string.Join("; ", errors)), items, cancellation);
    }

    /// <summary>What one script says of a completion.</summary>
    public async Task<GradedComponent> GradeAsync(string script, string completion = "x", JsonNode? parameters = null) =>
        (await GradeAsync(Rubric(script, parameters), [Item(completion)], TestContext.Current.CancellationToken))[0].Components[^1];

    /// <summary>A rubric of one script.</summary>
    public static string Rubric(string script, JsonNode? parameters = null) => new JsonObject
    {
        ["components"] = new JsonArray(new JsonObject
        {
            ["grader"] = "custom",
            ["options"] = new JsonObject { ["script"] = script, ["parameters"] = parameters ?? new JsonObject() },
        }),
    }.ToJsonString();

    public (Rubric? Rubric, RubricError[] Errors) Compile(string rubric, Deduplication? shared = null)
    {
        var (compiled, errors) = new RubricCompiler(new(sandbox) { Scripts = scripts, Deduplication = shared ?? new(Deduplication.DefaultBytes) }).Compile(JsonElement.Parse(rubric));
        return (compiled, [.. errors]);
    }

    public static Item Item(string completion) => new() { Id = "1", Prompt = "?", Completion = completion, Task = new MathTask("5") };

    public async ValueTask DisposeAsync()
    {
        await scripts.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
