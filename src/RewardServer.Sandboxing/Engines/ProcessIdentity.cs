using System.Globalization;

namespace RewardServer.Sandboxing.Engines;

/// <summary>A process as a name that a later process with the same number does not share.</summary>
internal readonly record struct ProcessIdentity(int Id, long StartTicks)
{
    /// <summary>What the names of all our folders and cgroups begin with.</summary>
    public const string Prefix = "rewardserver-";

    public static ProcessIdentity Own { get; } = new(Environment.ProcessId, ReadStart(Environment.ProcessId) ?? 0);

    /// <summary>"rewardserver-1234-567-", to which a distinguishing end is added.</summary>
    public string NamePrefix => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id}-{StartTicks}-");

    /// <summary>Whether the name is one of ours, and of a server that is no more.</summary>
    public static bool IsOfDeadServer(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = name[Prefix.Length..].Split('-');
        return parts.Length >= 3
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var start)
            && ReadStart(id) != start;
    }

    private static long? ReadStart(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");

            // The name stands in parentheses and may hold anything; what follows it has fixed places.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
