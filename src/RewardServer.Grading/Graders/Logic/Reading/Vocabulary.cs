namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>The names of a puzzle, as answers use them: by their words, without regard to case but for single letters.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, List<(string[] Words, int Entity)>> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a name.</summary>
    /// <param name="name">The name, of one word or several.</param>
    /// <param name="entity">What it stands for.</param>
    public void Add(string name, int entity)
    {
        var words = Word.All(PlainText.Of(name)).Where(word => word.IsWord).Select(word => word.Text).ToArray();
        if (words.Length == 0)
        {
            return;
        }

        if (!names.TryGetValue(words[0], out var list))
        {
            names[words[0]] = list = [];
        }

        list.Add((words, entity));
        list.Sort((one, other) => other.Words.Length.CompareTo(one.Words.Length));
    }

    /// <summary>Adds a name and its plural.</summary>
    public void AddWithPlural(string name, int entity)
    {
        Add(name, entity);
        Add(name.EndsWith('y') ? $"{name[..^1]}ies" : $"{name}s", entity);
    }

    /// <summary>The longest name that begins at a word; its length is 0 where none does.</summary>
    public (int Entity, int Length) At(IReadOnlyList<Word> words, int at)
    {
        if (words[at].IsWord && names.TryGetValue(words[at].Text, out var list))
        {
            foreach (var (name, entity) in list)
            {
                if (Length(name, words, at) is > 0 and var length)
                {
                    return (entity, length);
                }
            }
        }

        return (-1, 0);
    }

    // Between the words of a name may stand a hyphen, or nothing.
    private static int Length(string[] name, IReadOnlyList<Word> words, int at)
    {
        var next = at;
        for (var i = 0; i < name.Length; i++, next++)
        {
            next += i > 0 && next < words.Count && words[next].Text is "-" or "." or "'" or "’" ? 1 : 0;
            if (next >= words.Count || !words[next].IsWord || !Same(name[i], words[next].Text, name.Length))
            {
                return 0;
            }
        }

        return next - at;
    }

    private static bool Same(string name, string word, int words) =>
        string.Equals(name, word, words == 1 && name.Length == 1 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
