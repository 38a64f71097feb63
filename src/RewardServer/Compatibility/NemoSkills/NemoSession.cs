using RewardServer.Sandboxing.Interpreters;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>A client's session.</summary>
/// <param name="id">The client's name for it.</param>
/// <param name="interpreter">Its interpreter.</param>
/// <param name="now">When it was opened.</param>
internal sealed class NemoSession(string id, PythonInterpreter interpreter, DateTimeOffset now)
{
    private bool restarted;

    /// <summary>The client's name for it.</summary>
    public string Id => id;

    /// <summary>Its interpreter.</summary>
    public PythonInterpreter Interpreter => interpreter;

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Created { get; } = now;

    /// <summary>When its last cell came.</summary>
    public DateTimeOffset LastUsed { get; set; } = now;

    /// <summary>Whether its client deleted it.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether a cell's client is to be told that it found, or leaves, no state.</summary>
    public bool IsNew(CellResult result)
    {
        var wasRestarted = restarted;
        restarted = result.IsLost;
        return wasRestarted || result.IsFresh || result.IsLost;
    }
}
