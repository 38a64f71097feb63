using System.Collections.Immutable;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>The columns of the lines and their values, each with a number from 1, in bounded memory.</summary>
/// <param name="forced">Columns that are told whatever values they have.</param>
internal sealed class ColumnCatalog(ImmutableArray<string> forced)
{
    /// <summary>What stands for the values of a column that has more than can be told.</summary>
    public const string OtherValues = "(other values)";

    // Beyond so many values a column tells items apart, and not kinds of them.
    private const int MostValues = 50;
    private const int MostForcedValues = 254;

    private readonly List<Column> columns = [.. forced.Distinct(StringComparer.Ordinal).Take(ReportOptions.MostColumns).Select(name => new Column(name, true))];

    /// <summary>The number of each value of a line.</summary>
    public ColumnValues NumbersOf(ImmutableSortedDictionary<string, string> line)
    {
        var numbers = new ColumnValues();
        foreach (var (name, value) in line)
        {
            var place = columns.FindIndex(column => column.Name == name);
            if (place < 0 && columns.Count < ReportOptions.MostColumns)
            {
                place = columns.Count;
                columns.Add(new(name, false));
            }

            if (place >= 0)
            {
                numbers[place] = columns[place].NumberOf(value);
            }
        }

        return numbers;
    }

    /// <summary>Columns worth telling, by their places: those that were asked for, and those whose values are shared by problems.</summary>
    /// <param name="problems">How many problems there are.</param>
    public IEnumerable<(int Place, string Name, IReadOnlyList<string> Values)> Told(long problems) =>
        from column in columns.Index()
        let count = column.Item.Values?.Count ?? 0
        where column.Item.IsForced ? count > 0 : count > 1 && count <= problems / 2
        select (column.Index, column.Item.Name, column.Item.Names);

    private sealed class Column(string name, bool isForced)
    {
        public string Name => name;

        public bool IsForced => isForced;

        // Null where there were too many.
        public Dictionary<string, byte>? Values { get; private set; } = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Names => [.. Values!.OrderBy(value => value.Value).Select(value => value.Key)];

        public byte NumberOf(string value)
        {
            if (Values is null)
            {
                return 0;
            }

            if (Values.TryGetValue(value, out var number))
            {
                return number;
            }

            if (Values.Count >= (isForced ? MostForcedValues : MostValues))
            {
                if (!isForced)
                {
                    Values = null;
                    return 0;
                }

                value = OtherValues;
                if (Values.TryGetValue(value, out number))
                {
                    return number;
                }
            }

            return Values[value] = (byte)(Values.Count + 1);
        }
    }
}
