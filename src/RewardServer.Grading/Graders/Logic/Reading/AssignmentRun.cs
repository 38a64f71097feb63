namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>One reading of the pieces of a text, from left to right.</summary>
/// <param name="pieces">The pieces.</param>
/// <param name="count">How many names there are.</param>
/// <param name="overlap">Whether some names are values, too.</param>
internal sealed class AssignmentRun(List<Piece> pieces, int count, bool overlap)
{
    private readonly List<int> listed = [];
    private bool namesFirst;
    private int at;

    /// <summary>What is said of each name; -1 for nothing.</summary>
    public int[] Values { get; } = [.. Enumerable.Repeat(-1, count)];

    /// <summary>A name of which two things are said; -1 for none.</summary>
    public int Twice { get; private set; } = -1;

    /// <summary>A value that is said of nobody; -1 for none.</summary>
    public int Dangling { get; private set; } = -1;

    /// <summary>Whether a word leaves a choice.</summary>
    public bool LeavesChoice { get; private set; }

    /// <summary>Whether a word reasons.</summary>
    public bool Reasons { get; private set; }

    /// <summary>Whether a word denies something.</summary>
    public bool Denies { get; private set; }

    /// <summary>Whether anything is said of anybody.</summary>
    public bool SaysSomething => namesFirst || listed.Count > 0;

    /// <summary>Reads to the end.</summary>
    public void ReadAll()
    {
        while (at < pieces.Count)
        {
            switch (pieces[at].Kind)
            {
                case PieceKind.Name or PieceKind.All:
                    ReadNames();
                    break;
                case PieceKind.Value:
                    ReadValue();
                    break;
                case var other:
                    LeavesChoice |= other == PieceKind.Hedge;
                    Denies |= other is PieceKind.Not or PieceKind.None;
                    Reasons |= other == PieceKind.Reasoning;
                    at++;
                    break;
            }
        }
    }

    /// <summary>Gives those of whom nothing is said the other of two values, where all that was said is a list of those with the one.</summary>
    public void Complement()
    {
        if (!namesFirst && listed.Distinct().Count() == 1)
        {
            for (var i = 0; i < count; i++)
            {
                Values[i] = Values[i] < 0 ? 1 - listed[0] : Values[i];
            }
        }
    }

    // "A and B are knights"; also "(A, red)".
    private void ReadNames()
    {
        var next = at;
        var who = NamesFrom(ref next, lines: false);
        var end = next;
        if (SkipLinks(ref next) == 0 && who.Count == 1 && Kind(next) == PieceKind.And && pieces[at].Kind == PieceKind.Name)
        {
            next++;
        }

        if (ValueAt(next) is >= 0 and var value)
        {
            namesFirst = true;
            Say(who, value);
            at = next + 1;
        }
        else
        {
            at = end;
        }
    }

    // "Knights: A, C", or with a name that a value stands beside: "knave B".
    private void ReadValue()
    {
        var (value, next) = (pieces[at].Entity, at + 1);
        SkipLinks(ref next);
        if (!overlap && Kind(next) is PieceKind.Name or PieceKind.All or PieceKind.None)
        {
            listed.Add(value);
            Say(NamesFrom(ref next, lines: true), value);
            at = next;
        }
        else
        {
            Dangling = Dangling < 0 ? value : Dangling;
            at++;
        }
    }

    private List<int> NamesFrom(ref int next, bool lines)
    {
        var who = new List<int>();
        switch (pieces[next++].Kind)
        {
            case PieceKind.All:
                who.AddRange(Enumerable.Range(0, count));
                return who;
            case PieceKind.None:
                return who;
            default:
                who.Add(pieces[next - 1].Entity);
                break;
        }

        for (var after = next; !overlap && Kind(after) == PieceKind.And; after = next)
        {
            while (Kind(after) == PieceKind.And || (lines && after < pieces.Count && pieces[after].IsLine))
            {
                after++;
            }

            if (Kind(after) != PieceKind.Name)
            {
                break;
            }

            who.Add(pieces[after].Entity);
            next = after + 1;
        }

        return who;
    }

    // After a link a line may end, and "all" adds nothing: "A and B are all knights".
    private int SkipLinks(ref int next)
    {
        var links = 0;
        while (Kind(next) == PieceKind.Link || (links > 0 && next < pieces.Count && (pieces[next].IsLine || (pieces[next].Kind == PieceKind.All && Kind(next + 1) is PieceKind.Value or PieceKind.Link))))
        {
            links++;
            next++;
        }

        return links;
    }

    private void Say(List<int> who, int value)
    {
        foreach (var name in who)
        {
            Twice = Values[name] >= 0 && Values[name] != value && Twice < 0 ? name : Twice;
            Values[name] = value;
        }
    }

    private int ValueAt(int index) => Kind(index) switch
    {
        PieceKind.Value => pieces[index].Entity,
        PieceKind.Name when overlap => pieces[index].Value,
        _ => -1,
    };

    private PieceKind? Kind(int index) => index < pieces.Count ? pieces[index].Kind : null;
}
