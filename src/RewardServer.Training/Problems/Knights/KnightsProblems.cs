using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Knights;

/// <summary>
/// Knights, who tell the truth, and knaves, who lie: <c>A: B is a knave. B: A and C are the same. C: A is a knight or B is a knave.</c> Of three people there
/// are 16,152 puzzles with one solution; of two, 72; of four, 20,000 are taken evenly from all. Each solution is as frequent as any other. Texts go through the cases
/// (<c>knights A,B,C: A no; knights A,B: A no; knights A,C: A ok, B no</c>), each up to the first whose role does not fit. Those that slip take a case that does not fit.
/// </summary>
internal sealed class KnightsProblems : SeededKind
{
    private static readonly Phrase Ok = new("ok", "对"), No = new("no", "错"), Knights = new("knights ", "骑士"), Nobody = new("no knights", "无骑士");

    private readonly int people;
    private readonly Languages languages;
    private readonly ImmutableArray<Claim> claims;
    private readonly Dictionary<string, int> byWords = [];

    /// <summary>Makes the kind.</summary>
    public KnightsProblems(KnightsOptions options)
        : base("knights", options.Texts)
    {
        (people, languages) = (options.People, options.Languages ?? Languages.English);
        claims = Claim.All(people, options.Connectives);
        Sets = new(IslandPuzzles.With(people, claims));
        foreach (var (index, words) in claims.Select(claim => claim.Words()).Index())
        {
            (byWords[words.English], byWords[words.Chinese]) = (index, index);
        }

        Phrase[] phrases = [Ok, No, Knights, Nobody, Claim.Role(true), Claim.Role(false), .. claims.Select(claim => claim.Words())];
        Alphabet = Reasoning.Alphabet(";:,. " + string.Concat(phrases.Select(phrase => phrase.English))
            + (options.Languages is null ? "" : "。" + Phrase.Thoughtless.Chinese + string.Concat(phrases.Select(phrase => phrase.Chinese))));
        var cases = IslandCase.All(people).Sum(each => Case(each, [.. Enumerable.Repeat(No, people)]).English.Length + "; ".Length);
        Longest = (people * ("A: . ".Length + claims.Max(claim => claim.Words().English.Length))) + Reasoning.Length(cases, people * "A: knight, ".Length);
    }

    /// <inheritdoc/>
    public override string Alphabet { get; }

    /// <inheritdoc/>
    public override int Longest { get; }

    /// <inheritdoc/>
    protected override OperandSets Sets { get; }

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random)
    {
        var chinese = languages.AskInChinese(random);
        var said = operands.Select((claim, person) => (Name: IslandCase.NameOf(person), Claim: claims[claim])).ToArray();
        return new(
            Name,
            chinese
                ? string.Concat(said.Select(each => $"{each.Name}:{each.Claim.Words().Chinese}。"))
                : string.Join(' ', said.Select(each => $"{each.Name}: {each.Claim.Words().English}.")),
            new LogicTask(new KnightsPuzzle([.. said.Select(each => each.Name)], [.. said.Select(each => new Statement(each.Name, each.Claim.Formally(chinese)))])
            {
                Roles = [new(Claim.Role(true).In(chinese), Speech.Truth), new(Claim.Role(false).In(chinese), Speech.Lies)],
            }));
    }

    /// <summary>Which claim each of the people makes, and at last 1 where it is in Chinese.</summary>
    protected internal override ImmutableArray<int> Operands(Problem problem)
    {
        var chinese = problem.Question.Contains('。');
        var sentences = problem.Question.Split(chinese ? '。' : '.', StringSplitOptions.RemoveEmptyEntries);
        return [.. sentences.Select(sentence => byWords[sentence[(sentence.IndexOf(':') + 1)..].Trim()]), chinese ? 1 : 0];
    }

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random)
    {
        var solution = Solution(operands);
        return Concluded(operands, Refuted(operands, solution.Number), solution, random);
    }

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random)
    {
        var solution = Solution(operands);
        if (solution.Number > 0)
        {
            var taken = random.Next(solution.Number);
            return Concluded(operands, Refuted(operands, taken), new(people, taken), random);
        }

        // The case that fits is the first: it is refuted where there is nothing to refute.
        Phrase[] verdicts = [.. Enumerable.Repeat(Ok, random.Next(people)), No];
        return Concluded(operands, [Case(solution, verdicts)], new(people, 1), random);
    }

    /// <inheritdoc/>
    protected override string Thoughtless(ImmutableArray<int> operands, Random random) => languages.Thoughtless(IsChinese(operands), random);

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random)
    {
        var solution = Solution(operands);
        return Answer(lucky ? solution : solution.Turned(random.Next(people)), IsChinese(operands));
    }

    private static bool IsChinese(ImmutableArray<int> operands) => operands[^1] == 1;

    private IslandCase Solution(ImmutableArray<int> operands) => IslandCase.Only(Claims(operands))!.Value;

    private Claim[] Claims(ImmutableArray<int> operands) => [.. operands.Take(people).Select(claim => claims[claim])];

    // The first so many cases, each up to the first person whose role does not fit.
    private IEnumerable<Phrase> Refuted(ImmutableArray<int> operands, int count)
    {
        var said = Claims(operands);
        return IslandCase.All(people).Take(count).Select(each =>
            Case(each, [.. Enumerable.Repeat(Ok, Enumerable.Range(0, people).First(person => !each.Fits(person, said[person]))), No]));
    }

    private Reasoning Concluded(ImmutableArray<int> operands, IEnumerable<Phrase> before, IslandCase taken, Random random) =>
        new(languages.Think([.. before, Case(taken, [.. Enumerable.Repeat(Ok, people)])], IsChinese(operands), random), Answer(taken, IsChinese(operands)));

    private Phrase Case(IslandCase roles, IReadOnlyList<Phrase> verdicts)
    {
        var knights = string.Join(',', Enumerable.Range(0, people).Where(roles.IsKnight).Select(IslandCase.NameOf));
        return new(Text(chinese: false), Text(chinese: true));

        string Text(bool chinese) => (knights.Length > 0 ? Knights.In(chinese) + knights : Nobody.In(chinese))
            + (chinese ? ":" : ": ")
            + string.Join(chinese ? "," : ", ", verdicts.Select((verdict, person) => IslandCase.NameOf(person) + (chinese ? "" : " ") + verdict.In(chinese)));
    }

    private string Answer(IslandCase roles, bool chinese) =>
        string.Join(chinese ? "," : ", ", Enumerable.Range(0, people).Select(person => $"{IslandCase.NameOf(person)}{(chinese ? ":" : ": ")}{Claim.Role(roles.IsKnight(person)).In(chinese)}"));
}
