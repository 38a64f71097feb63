using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Scripts;

/// <summary>Scripts that give scores, each in another form.</summary>
public sealed class ScoringScripts(RunningServer server) : IAsyncLifetime
{
    private const string All = """
        var accuracy = Verdicts["accuracy"];
        return Score(Parameters.GetProperty("factor").GetDouble() * accuracy.Score!.Value, "all", new
        {
            Completion.Text, Completion.Thinking, Completion.Response, Completion.Tokens, Completion.Truncated,
            Prompt = Prompt.Text, Roles = Prompt.Messages.Select(message => message.Role), Task.Kind, Answer = Task.Json.GetProperty("answer").GetString(),
            accuracy.Outcome, accuracy.Reason, Boxed = accuracy.Details!.Value.GetProperty("extracted").GetString(), Verdicts.Count,
        }, Signal());
        string Signal() => "copied-prompt".Length > 0 ? "hedged-answer" : "";
        """;

    private static readonly (string Name, string Text)[] Texts =
    [
        ("number", "return 0.25;"),
        ("whole number", "return 1;"),
        ("truth value", "return Completion.Text.Length > 2;"),
        ("expression", "Completion.Text.Length > 3"),
        ("score", "return Score(0.5);"),
        ("score of a truth value", "return Score(true);"),
        ("task", "return await System.Threading.Tasks.Task.FromResult(0.75);"),
        ("declarations", "record Found(int Count);\nint Twice(int n) => 2 * n;\nvar found = new Found(Twice(1));\nreturn found.Count / 8.0;"),
        ("pair", "return (1, \"because\");"),
        ("pair of a truth value", "return (false, $\"{\"be\"}cause\");"),
        ("reason", "return Score(-3, \"because\");"),
        ("all", All),
        ("task as JSON", "return (1, Task.Json.GetRawText());"),
        ("lengths", "return (1, $\"{Completion.Text.Length} {Completion.Thinking.Length} {Completion.Response}\");"),
    ];

    internal RunningScripts Running { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Running = await RunningScripts.StartAsync(
        server.Sandbox, [.. Texts.Select(text => (text.Name, text.Text, new ScriptOptions { Low = -3, High = 5, MemoryMb = 64 }))]);

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
