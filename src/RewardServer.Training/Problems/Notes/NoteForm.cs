using System.Collections.Immutable;

namespace RewardServer.Training.Problems.Notes;

/// <summary>A sort of note, with the words that it can be written in. Of good ones, no word but the courtesy has more than four letters.</summary>
/// <param name="Asked">What is asked, with <c>{name}</c> for whom and <c>{thing}</c> for what it is about.</param>
/// <param name="Courtesies">The words of courtesy that befit it.</param>
/// <param name="Courteous">What good notes say before <c>the salt</c>, each with one of the courtesies.</param>
/// <param name="Curt">What curt ones say, with <c>{thing}</c> for what they are about.</param>
/// <param name="Added">What those add who have too much courtesy.</param>
internal sealed record NoteForm(
    string Asked, ImmutableArray<string> Courtesies, ImmutableArray<string> Courteous, ImmutableArray<string> Curt, ImmutableArray<string> Added)
{
    /// <summary>All sorts.</summary>
    public static ImmutableArray<NoteForm> All { get; } =
    [
        new(
            "Ask {name} for the {thing}.",
            ["please", "kindly"],
            ["please hand me", "please pass me", "may I please have", "will you kindly lend me"],
            ["give me the {thing}", "I want the {thing}", "the {thing} now"],
            ["please", "kindly"]),
        new(
            "Thank {name} for the {thing}.",
            ["thank", "thanks"],
            ["thank you for", "many thanks for", "I thank you for"],
            ["got the {thing}", "the {thing} is ok", "I have the {thing}"],
            ["thank you", "many thanks"]),
        new(
            "Offer {name} the {thing}.",
            ["please", "kindly"],
            ["please take", "please have", "will you kindly take"],
            ["take the {thing}", "have the {thing}", "here is the {thing}"],
            ["please", "kindly"]),
        new(
            "Tell {name} that you lost the {thing}.",
            ["sorry"],
            ["I am sorry I lost", "I am so sorry I lost", "sorry that I lost"],
            ["I lost the {thing}", "lost the {thing}", "the {thing} is gone"],
            ["sorry", "so sorry"]),
    ];

    /// <summary>What good notes and those with too much courtesy begin with.</summary>
    public static ImmutableArray<string> Greetings { get; } = ["Dear", "Hello"];

    /// <summary>Whom notes go to.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "Anna", "Ben", "Carl", "Dora", "Emil", "Finn", "Gina", "Hugo", "Ida", "Jack", "Kate", "Leo",
        "Mia", "Nina", "Otto", "Paul", "Rosa", "Sam", "Tom", "Uma", "Vera", "Will", "Yara", "Zoe",
    ];

    /// <summary>What notes are about.</summary>
    public static ImmutableArray<string> Things { get; } =
    [
        "bag", "book", "bread", "cake", "chair", "coat", "cup", "hat", "key", "lamp", "map", "pen", "rope", "salt", "soup", "tea",
    ];

    /// <summary>The characters of all notes and of what is asked.</summary>
    public static string Characters { get; } = string.Concat(
    [
        .. All.SelectMany(form => (IEnumerable<string>)[Filled(form.Asked, "", ""), .. form.Courteous, .. form.Curt.Select(curt => Filled(curt, "", "")), .. form.Added]),
        .. Greetings, .. Names, .. Things, " ,.:",
    ]);

    /// <summary>A text with the name of whom it is for and what it is about.</summary>
    public static string Filled(string text, string name, string thing) =>
        text.Replace("{name}", name, StringComparison.Ordinal).Replace("{thing}", thing, StringComparison.Ordinal);

    /// <summary>
    /// What a good note looks like, as a regular expression: a greeting with the name, one courtesy that befits, few words, what it is about, a full stop,
    /// and nothing said twice.
    /// </summary>
    public string Pattern(string name, string thing)
    {
        const string Word = "[Ia-z][a-z]{0,3}";
        return $@"(?:{string.Join('|', Greetings)}) {name}, (?:{Word} ){{0,3}}(?:{string.Join('|', Courtesies)})(?: {Word}){{0,3}} the {thing}\.";
    }
}
