using System.Text;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>The state of one check: how much may still be done, where it is, and what was found.</summary>
internal sealed class SchemaRun
{
    private const int MostSteps = 1_000_000;

    // Schemas within schemas and values within values together: the stack of a thread holds several times as many.
    private const int Deepest = 1_000;

    private readonly List<string> path = [];
    private int left = MostSteps;
    private int depth;
    private int quiet;

    /// <summary>Whether the check was too costly; its result then means nothing.</summary>
    public bool CutOff { get; private set; }

    /// <summary>What was found to be wrong first.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes steps; false once there are none left.</summary>
    public bool Spend(long steps = 1)
    {
        left = steps > left ? -1 : left - (int)steps;
        CutOff |= left < 0;
        return !CutOff;
    }

    /// <summary>Goes one schema deeper; false where that is too deep.</summary>
    public bool Enter()
    {
        CutOff |= ++depth > Deepest;
        return !CutOff;
    }

    /// <summary>Comes back.</summary>
    public void Leave() => depth--;

    /// <summary>Checks a part of a value.</summary>
    public bool Under(string step, SchemaNode node, JsonTree part)
    {
        path.Add(step);
        var allows = node.Allows(part, this);
        path.RemoveAt(path.Count - 1);
        return allows;
    }

    /// <summary>Checks where a failure is none of the whole.</summary>
    public bool Tries(SchemaNode node, JsonTree value)
    {
        quiet++;
        var allows = node.Allows(value, this);
        quiet--;
        return allows;
    }

    /// <summary>Notes what is wrong, with its place; the first counts.</summary>
    /// <returns>False.</returns>
    public bool Fail(string fault)
    {
        if (quiet == 0 && Fault is null)
        {
            var at = new StringBuilder("$").AppendJoin("", path).ToString();
            Fault = $"{Excerpt.Head(at)} {fault}";
        }

        return false;
    }
}
