using System.Globalization;

namespace RewardServer.Training.Tokens.Unicode;

/// <summary>What <c>canonical.txt</c> says: combining classes, decompositions, and the pairs that compose.</summary>
internal sealed class CanonicalTable
{
    private readonly Dictionary<int, byte> classes = [];

    /// <summary>What a character consists of; a part may consist of parts itself.</summary>
    public Dictionary<int, int[]> Decompositions { get; } = [];

    /// <summary>What two characters make.</summary>
    public Dictionary<(int First, int Second), int> Compositions { get; } = [];

    /// <summary>The canonical combining class; 0 for what starts a sequence.</summary>
    public int Class(int character) => classes.GetValueOrDefault(character);

    /// <summary>Reads the table.</summary>
    public static CanonicalTable Read()
    {
        var table = new CanonicalTable();
        using var reader = new StreamReader(typeof(CanonicalTable).Assembly.GetManifestResourceStream("canonical.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                table.Add(line.Split(' '));
            }
        }

        return table;
    }

    private void Add(string[] fields)
    {
        if (fields[1] is not ("=" or ">"))
        {
            for (var character = Hex(fields[1]); character <= Hex(fields[2]); character++)
            {
                classes.Add(character, byte.Parse(fields[0], CultureInfo.InvariantCulture));
            }

            return;
        }

        var whole = Hex(fields[0]);
        var parts = fields[2..].Select(Hex).ToArray();
        Decompositions.Add(whole, parts);
        if (fields[1] == "=")
        {
            Compositions.Add((parts[0], parts[1]), whole);
        }
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
