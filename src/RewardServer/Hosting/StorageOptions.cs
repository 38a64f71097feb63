namespace RewardServer.Hosting;

/// <summary>Settings of what the server keeps (section "Storage" of the configuration).</summary>
public sealed record StorageOptions
{
    /// <summary>The folder of its files, made at the start; where silent, made with the first of them: "rewardserver" in the user's folder for data (XDG_DATA_HOME).</summary>
    public string? Folder { get; init; }

    /// <summary>Where uploaded tasks are.</summary>
    public string TasksFile => Path.Combine(Place, "tasks.db");

    /// <summary>Where jobs are, unless they are in PostgreSQL.</summary>
    public string JobsFile => Path.Combine(Place, "jobs.db");

    private string Place =>
        Folder ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "rewardserver");

    /// <summary>Makes the folder where the settings name one, and finds out whether files can be made in it.</summary>
    /// <returns>Why nothing can be kept there now; null where it can, or no folder is named.</returns>
    public string? Prepare()
    {
        if (Folder is null)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(Folder);
            using var trial = File.Create(Path.Combine(Folder, Path.GetRandomFileName()), bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"nothing can be kept in '{Folder}': {exception.Message}";
        }
    }

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors()
    {
        if (Folder is { Length: 0 })
        {
            yield return "Storage:Folder: must not be empty";
        }
    }
}
