namespace RewardServer.Hosting;

/// <summary>Settings of the owner's rubrics (section "Rubrics" of the configuration).</summary>
public sealed record RubricOptions
{
    /// <summary>A folder of rubrics, JSON or YAML, read again when they change; none where silent.</summary>
    public string? Folder { get; init; }

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors()
    {
        if (Folder is not null && !Directory.Exists(Folder))
        {
            yield return $"Rubrics:Folder: '{Folder}' is not a folder";
        }
    }
}
