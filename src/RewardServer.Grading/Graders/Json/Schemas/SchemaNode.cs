using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>One check of a schema's.</summary>
internal delegate bool SchemaCheck(JsonTree value, SchemaRun run);

/// <summary>A schema, or one within it: all its checks must hold.</summary>
internal sealed class SchemaNode
{
    private readonly List<SchemaCheck> checks = [];

    /// <summary>The schemas that check the same value as this one.</summary>
    public List<SchemaNode> InPlace { get; } = [];

    /// <summary>Adds a check.</summary>
    public void Add(SchemaCheck check) => checks.Add(check);

    /// <summary>Whether a value passes all checks.</summary>
    public bool Allows(JsonTree value, SchemaRun run)
    {
        var allows = run.Enter() && run.Spend();
        for (var i = 0; allows && i < checks.Count; i++)
        {
            allows = run.Spend() && checks[i](value, run);
        }

        run.Leave();
        return allows && !run.CutOff;
    }
}
