using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>The judges that rubrics can name: those of the owner's configuration, and no others.</summary>
public sealed class JudgeSet : IDisposable
{
    private const int LongestName = 64;

    private readonly FrozenDictionary<string, JudgeModel> judges;

    /// <param name="settings">The judges, by their names, without <see cref="Errors"/>.</param>
    /// <param name="time">The clock of waits and time-outs.</param>
    public JudgeSet(IReadOnlyDictionary<string, JudgeSettings> settings, TimeProvider time)
    {
        judges = settings.ToFrozenDictionary(judge => judge.Key, judge => new JudgeModel(judge.Key, judge.Value, time), StringComparer.Ordinal);
        Names = [.. judges.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>No judges.</summary>
    public static JudgeSet None { get; } = new(FrozenDictionary<string, JudgeSettings>.Empty, TimeProvider.System);

    /// <summary>The names, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Everything that is wrong with settings, each beginning with the judge's name and the setting's.</summary>
    public static IEnumerable<string> Errors(IReadOnlyDictionary<string, JudgeSettings> settings)
    {
        foreach (var (name, judge) in settings.OrderBy(judge => judge.Key, StringComparer.Ordinal))
        {
            if (name.Length > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            {
                yield return $"{Shown.Head(name, LongestName)}: a name is of at most {LongestName} letters, digits, hyphens, underscores and points";
            }

            foreach (var error in judge.Errors())
            {
                yield return $"{name}:{error}";
            }
        }
    }

    /// <summary>The judge that an option of a rubric names.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The option, for the error: "$.judge".</param>
    /// <exception cref="JsonException">There is none of that name.</exception>
    internal JudgeModel Named(string name, string path) => judges.GetValueOrDefault(name) ?? throw new JsonException(
        Names.IsEmpty ? $"'{Shown.Head(name, LongestName)}' is not a judge: the server's configuration names none (section Judges)"
            : $"'{Shown.Head(name, LongestName)}' is not a judge; there are: {string.Join(", ", Names)}",
        path, null, null);

    /// <summary>Closes the connections to all judges.</summary>
    public void Dispose()
    {
        foreach (var judge in judges.Values)
        {
            judge.Dispose();
        }
    }
}
