namespace RewardServer.Training.Problems;

/// <summary>Options of a kind of problem, as they are written in a recipe; all that are silent have a default.</summary>
public interface IProblemOptions
{
    /// <summary>Each member whose value is out of its range, with what is wrong with it.</summary>
    IEnumerable<(string Member, string Error)> Errors();
}
