using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>
/// How likely a letter is to follow one or two others in a language: one of the models of SearchPioneer.Lingua, of up to three letters. Those
/// of four and five make single words surer and sentences not, and take twenty times the memory. Read once for all that ask, and never changed.
/// </summary>
internal sealed class LetterModel
{
    // What stands nowhere in a model is less likely than what does once.
    private const float Unseen = -16;
    private const int BitsOfLetter = 16;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Lingua", "LanguageModels");

    private static readonly Lazy<LetterModel>[] Models =
        [.. Enumerable.Range(0, LanguageTags.Count).Select(language => new Lazy<LetterModel>(() => new(LanguageTags.Of((WrittenLanguage)language))))];

    private readonly Dictionary<ulong, float> likelihoods = [];

    private LetterModel(string tag)
    {
        foreach (var order in (ReadOnlySpan<string>)["unigrams", "bigrams", "trigrams"])
        {
            Read(Path.Combine(Folder, tag, $"{order}.json.br"));
        }
    }

    /// <summary>The model of a language in Latin letters. Reads it where nobody asked before.</summary>
    /// <exception cref="IOException">The models are not there.</exception>
    public static LetterModel Of(WrittenLanguage language) => Models[(int)language].Value;

    /// <summary>The natural logarithm of how likely the third of three small letters is after the first two; where the model does not have them, of their beginning.</summary>
    public float Likelihood(char first, char second, char third) =>
        likelihoods.TryGetValue(Key(Key(Key(0, first), second), third), out var three) ? three
        : likelihoods.TryGetValue(Key(Key(0, first), second), out var two) ? two
        : likelihoods.TryGetValue(first, out var one) ? one
        : Unseen;

    // {"ngrams": {"2/539": "cbp cbx"}}: the letters by how likely the last of them is after the others.
    private void Read(string path)
    {
        using var file = File.OpenRead(path);
        using var json = new BrotliStream(file, CompressionMode.Decompress);
        using var model = JsonDocument.Parse(json);
        foreach (var share in model.RootElement.GetProperty("ngrams").EnumerateObject())
        {
            var likelihood = Logarithm(share.Name);
            foreach (var letters in share.Value.GetString()!.Split(' '))
            {
                likelihoods[letters.Aggregate(0ul, Key)] = likelihood;
            }
        }
    }

    private static float Logarithm(string fraction)
    {
        var slash = fraction.IndexOf('/', StringComparison.Ordinal);
        return (float)Math.Log((double)Count(fraction.AsSpan(0, slash)) / Count(fraction.AsSpan(slash + 1)));
    }

    private static long Count(ReadOnlySpan<char> digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static ulong Key(ulong before, char letter) => (before << BitsOfLetter) | letter;
}
