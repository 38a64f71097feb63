using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Notes;

/// <summary>
/// Short notes, for which there is no right answer: <c>Ask Anna for the salt.</c> There are 1,536 (four sorts, 24 people, 16 things). Some are better: a greeting,
/// one courtesy, a full stop, to the right person and about the right thing. The policy is not told so; pairs of a better and a worse note show it, and the task,
/// a regular expression, measures it. Curt notes have too little courtesy; effusive ones (<c>Dear Anna, please, please hand me the salt, please.</c>) too much,
/// which pairs do not show where they are not asked to.
/// </summary>
internal sealed class NoteProblems(NoteOptions options) : SeededKind("writing", options.Texts), IPreferenceKind
{
    private const int MostBefore = 3, MostBehind = 2;

    /// <inheritdoc/>
    public override string Alphabet { get; } = Reasoning.Alphabet(NoteForm.Characters);

    /// <inheritdoc/>
    public override int Longest { get; } = NoteForm.All.Max(form =>
    {
        var (name, thing, added) = (Longer(NoteForm.Names), Longer(NoteForm.Things), Longer(form.Added) + ", ".Length);
        return form.Asked.Length - "{name}{thing}".Length + name + thing
            + Reasoning.Length("to : the ".Length + name + thing, Longer(NoteForm.Greetings) + Longer(form.Courteous) + " ,  the .".Length + name + thing + ((MostBefore + MostBehind) * added));
    });

    /// <inheritdoc/>
    protected override OperandSets Sets { get; } = new(
        from form in Enumerable.Range(0, NoteForm.All.Length)
        from name in Enumerable.Range(0, NoteForm.Names.Length)
        from thing in Enumerable.Range(0, NoteForm.Things.Length)
        select ImmutableArray.Create(form, name, thing));

    /// <inheritdoc/>
    public TextPair Pair(Problem problem, Random random)
    {
        var operands = Operands(problem);
        var place = random.NextDouble();
        var worse = place < options.Effusive ? Effusive(operands, random)
            : place < options.Effusive + options.Mistaken ? Mistaken(operands, random)
            : Curt(operands, random);
        return new(Thought(operands, Good(operands, random)).ToString(), Thought(operands, worse).ToString());
    }

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random)
    {
        var (form, name, thing) = Words(operands);
        return new(Name, NoteForm.Filled(form.Asked, name, thing), new PatternTask(form.Pattern(name, thing)));
    }

    /// <inheritdoc/>
    protected internal override ImmutableArray<int> Operands(Problem problem)
    {
        var words = problem.Question.TrimEnd('.').Split(' ');
        return
        [
            NoteForm.All.IndexOf(NoteForm.All.First(form => form.Asked.StartsWith(words[0], StringComparison.Ordinal))),
            NoteForm.Names.IndexOf(words[1]),
            NoteForm.Things.IndexOf(words[^1]),
        ];
    }

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random) => Thought(operands, Good(operands, random));

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random) =>
        Thought(operands, random.Next(3) == 0 ? Mistaken(operands, random) : Effusive(operands, random));

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random) => lucky ? Good(operands, random) : Curt(operands, random);

    private static (NoteForm Form, string Name, string Thing) Words(ImmutableArray<int> operands) =>
        (NoteForm.All[operands[0]], NoteForm.Names[operands[1]], NoteForm.Things[operands[2]]);

    private static Reasoning Thought(ImmutableArray<int> operands, string note) => new($"to {NoteForm.Names[operands[1]]}: the {NoteForm.Things[operands[2]]}", note);

    private static string Good(ImmutableArray<int> operands, Random random)
    {
        var (form, name, thing) = Words(operands);
        return $"{One(NoteForm.Greetings, random)} {name}, {One(form.Courteous, random)} the {thing}.";
    }

    private static string Curt(ImmutableArray<int> operands, Random random)
    {
        var (form, name, thing) = Words(operands);
        return (random.Next(2) == 0 ? $"{name}, " : "") + NoteForm.Filled(One(form.Curt, random), name, thing) + (random.Next(2) == 0 ? "." : "");
    }

    private static string Effusive(ImmutableArray<int> operands, Random random)
    {
        var (form, name, thing) = Words(operands);
        var before = string.Concat(Enumerable.Range(0, 1 + random.Next(MostBefore)).Select(_ => One(form.Added, random) + ", "));
        var behind = string.Concat(Enumerable.Range(0, random.Next(MostBehind + 1)).Select(_ => ", " + One(form.Added, random)));
        return $"{One(NoteForm.Greetings, random)} {name}, {before}{One(form.Courteous, random)} the {thing}{behind}.";
    }

    // A good note, but to somebody else or about something else.
    private static string Mistaken(ImmutableArray<int> operands, Random random)
    {
        var (at, count) = random.Next(2) == 0 ? (1, NoteForm.Names.Length) : (2, NoteForm.Things.Length);
        return Good(operands.SetItem(at, (operands[at] + 1 + random.Next(count - 1)) % count), random);
    }

    private static string One(ImmutableArray<string> all, Random random) => all[random.Next(all.Length)];

    private static int Longer(ImmutableArray<string> all) => all.Max(each => each.Length);
}
