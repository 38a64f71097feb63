using RewardServer.Compatibility.Tasks;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>The data sets that were uploaded, and the answers where a call names another. Their <c>detail</c> is where SandboxFusion's clients look.</summary>
internal static class DataSets
{
    /// <summary>Whether tasks of a data set were uploaded.</summary>
    public static bool IsThere(TaskStore store, string dataset) => dataset.Length > 0 && store.Ids(dataset, 0, 1).Count > 0;

    /// <summary>The answer for a data set that is not there.</summary>
    public static IResult Unknown(string dataset) =>
        Refused($"no eval class found for dataset {dataset}: no task of a set of that name was uploaded (PUT /v1/tasks), and config.provided_data brings none");

    /// <summary>The answer for a problem that a data set does not have.</summary>
    public static IResult NoSuchProblem(string dataset, string id) => TypedResults.Problem(
        $"dataset {dataset} has no problem {id}", statusCode: StatusCodes.Status404NotFound, title: "No such problem");

    /// <summary>400, as SandboxFusion has it for what it cannot find.</summary>
    public static IResult Refused(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Not to be judged here");
}
