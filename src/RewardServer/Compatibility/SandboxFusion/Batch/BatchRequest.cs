using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Compatibility.SandboxFusion.Submit;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Batch;

/// <summary>
/// What <c>POST /common_evaluate_batch</c> takes: one completion and all its tests. It is an endpoint of a fork of SandboxFusion, icip-cas/icip-sandbox
/// (later ScaleBox), sandbox/server/online_judge_api.py.
/// </summary>
internal sealed record BatchRequest
{
    /// <summary>The client's name for it, a text or a number; echoed.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>What the model wrote, with the program in a fence.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public required string Completion { get; init; }

    /// <summary>The tests, and how they are run.</summary>
    public required BatchConfig Config { get; init; }

    /// <summary>The call as one of <c>/submit</c>, which does the same with a problem of any kind. A name that is none is 0, as in the fork.</summary>
    public SubmitRequest ToSubmission() => new()
    {
        Id = Id is { ValueKind: JsonValueKind.String or JsonValueKind.Number } given ? given : JsonSerializer.SerializeToElement(0),
        Completion = Completion,
        Config = new()
        {
            RunTimeout = Config.RunTimeout,
            Extra = JsonSerializer.SerializeToElement(new { run_all_cases = Config.Extra?.RunAllCases == true }),
        },
    };
}

/// <summary>How the tests of a batch are run.</summary>
internal sealed record BatchConfig
{
    /// <summary>The program's language.</summary>
    public string? Language { get; init; }

    /// <summary>Seconds that its compiler may take; tells how long the client waits. Null where the client is silent.</summary>
    public double? CompileTimeout { get; init; }

    /// <summary>Seconds that each test may run; 20 where silent.</summary>
    public double? RunTimeout { get; init; }

    /// <summary>A program that finds the program in the completion; not taken here.</summary>
    public string? CustomExtractLogic { get; init; }

    /// <summary>Holds the tests.</summary>
    public BatchData? ProvidedData { get; init; }

    /// <summary>Further options.</summary>
    public BatchExtra? Extra { get; init; }
}

/// <summary>Holds the tests of a batch.</summary>
internal sealed record BatchData
{
    /// <summary>The tests, member by member.</summary>
    public BatchTests? TestCases { get; init; }
}

/// <summary>The tests of a batch, each member with one element a test.</summary>
internal sealed record BatchTests
{
    /// <summary>"stdin_stdout", "function_call" or "assert". Where silent, a call where there is a function's name, else the first.</summary>
    public string? Type { get; init; }

    /// <summary>The function that calls name.</summary>
    public string? FnName { get; init; }

    /// <summary>What programs read, or the arguments of calls as arrays.</summary>
    public IReadOnlyList<JsonElement>? Input { get; init; }

    /// <summary>What programs must print, or calls return.</summary>
    public IReadOnlyList<JsonElement>? Output { get; init; }

    /// <summary>Whether arguments and results of calls are texts of JSON, one argument a line.</summary>
    public bool? JsonInput { get; init; }

    /// <summary>The program of asserts, for the type "assert".</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Test { get; init; }

    /// <summary>The function that the program of asserts checks, where it defines <c>check</c>, as in HumanEval.</summary>
    public string? EntryPoint { get; init; }
}

/// <summary>Further options of a batch.</summary>
internal sealed record BatchExtra
{
    /// <summary>Whether the tests after one that failed are run, too.</summary>
    public bool? RunAllCases { get; init; }
}
