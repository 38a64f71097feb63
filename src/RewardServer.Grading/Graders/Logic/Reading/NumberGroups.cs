using System.Globalization;
using System.Text;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>The numbers of a text by the innermost brackets that they stand in; where none stands in brackets, by lines.</summary>
internal static class NumberGroups
{
    /// <summary>The groups that hold a number, in order; a number too large is -1. Linear in the text.</summary>
    public static List<List<int>> Of(string plain)
    {
        var bracketed = Bracketed(plain);
        return bracketed.Count > 0 ? bracketed : [.. plain.Split('\n', ';').Select(Numbers).Where(numbers => numbers.Count > 0)];
    }

    private static List<List<int>> Bracketed(string plain)
    {
        var (groups, open) = (new List<List<int>>(), -1);
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] is '(' or '[' or '{')
            {
                open = i;
            }
            else if (plain[i] is ')' or ']' or '}' && open >= 0)
            {
                if (Numbers(plain[(open + 1)..i]) is { Count: > 0 } numbers)
                {
                    groups.Add(numbers);
                }

                open = -1;
            }
        }

        return groups;
    }

    private static List<int> Numbers(string text)
    {
        var (numbers, digits) = (new List<int>(), new StringBuilder());
        foreach (var c in text + " ")
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
            else if (digits.Length > 0)
            {
                numbers.Add(digits.Length < 7 ? int.Parse(digits.ToString(), CultureInfo.InvariantCulture) : -1);
                digits.Clear();
            }
        }

        return numbers;
    }
}
