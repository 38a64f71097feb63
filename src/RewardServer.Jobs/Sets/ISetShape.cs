namespace RewardServer.Jobs.Sets;

/// <summary>How the rows of one data set are made: which columns have the problem, and which its answer.</summary>
public interface ISetShape
{
    /// <summary>The set's name, such as <c>gsm8k</c>.</summary>
    string Name { get; }

    /// <summary>Where it comes from and what marks it, for a reader.</summary>
    string Description { get; }

    /// <summary>Whether a row is one of it, by its columns.</summary>
    bool Fits(Columns columns);

    /// <summary>Reads a row.</summary>
    /// <param name="columns">The row's.</param>
    /// <exception cref="RowException">The row is not as the set's rows are; the message names the column.</exception>
    SetRow Read(Columns columns);
}

/// <summary>A row cannot be read.</summary>
/// <param name="message">What is wrong, with the column.</param>
public sealed class RowException(string message) : Exception(message);
