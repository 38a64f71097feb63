namespace RewardServer.Hosting;

/// <summary>Settings of what the server keeps (section "Storage" of the configuration).</summary>
public sealed record StorageOptions
{
    /// <summary>The folder of its files, made with the first of them; where silent, "rewardserver" in the user's folder for data (XDG_DATA_HOME).</summary>
    public string? Folder { get; init; }

    /// <summary>Where uploaded tasks are.</summary>
    public string TasksFile => Path.Combine(Place, "tasks.db");

    /// <summary>Where jobs are, unless they are in PostgreSQL.</summary>
    public string JobsFile => Path.Combine(Place, "jobs.db");

    private string Place =>
        Folder ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "rewardserver");

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors()
    {
        if (Folder is { Length: 0 })
        {
            yield return "Storage:Folder: must not be empty";
        }
    }
}
