using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>
/// A JSON Schema of a task's (2020-12: the applicator, validation and core vocabularies, as far as they need no annotations). It reads nothing but
/// its own text: a reference that leaves it cannot be used. Numbers are exact, patterns do not backtrack, and a number of steps bounds a check,
/// the same on every machine. A keyword that is not known makes the schema unusable, for one that is passed over would allow what it forbids.
/// </summary>
internal sealed class Schema
{
    private readonly SchemaNode? root;

    private Schema(SchemaNode? root, string? fault) => (this.root, Fault) = (root, fault);

    /// <summary>Why it cannot be used, to stand after "the schema"; null where it can.</summary>
    public string? Fault { get; }

    /// <summary>Reads a schema.</summary>
    public static Schema Read(string json)
    {
        if (JsonTree.Read(json, out var malformed) is not { } tree)
        {
            return new(null, malformed);
        }

        try
        {
            return new(new SchemaCompiler(tree).Compile(), null);
        }
        catch (SchemaException unusable)
        {
            return new(null, unusable.Message);
        }
    }

    /// <summary>Checks a value.</summary>
    public SchemaResult Check(JsonTree value)
    {
        var run = new SchemaRun();
        var holds = root!.Allows(value, run);
        return run.CutOff ? new(false, "the check was cut off by its budget of steps", CutOff: true) : new(holds, holds ? null : run.Fault, CutOff: false);
    }
}

/// <summary>What a check by a schema found.</summary>
/// <param name="Holds">Whether the value holds to it.</param>
/// <param name="Fault">What does not, first; null where all does.</param>
/// <param name="CutOff">Whether the check was too costly to be carried out.</param>
internal readonly record struct SchemaResult(bool Holds, string? Fault, bool CutOff);

/// <summary>Why a schema cannot be used.</summary>
internal sealed class SchemaException(string message) : Exception(message);
