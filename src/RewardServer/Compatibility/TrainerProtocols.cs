using RewardServer.Compatibility.Forms;
using RewardServer.Compatibility.Labels;
using RewardServer.Compatibility.NemoGym;
using RewardServer.Compatibility.NemoSkills;
using RewardServer.Compatibility.OpenR1;
using RewardServer.Compatibility.OpenRlhf;
using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Roll;
using RewardServer.Compatibility.Samples;
using RewardServer.Compatibility.SandboxFusion;
using RewardServer.Compatibility.SandboxFusion.Batch;
using RewardServer.Compatibility.SandboxFusion.Jupyter;
using RewardServer.Compatibility.SandboxFusion.Submit;
using RewardServer.Compatibility.Tasks;
using RewardServer.Hosting;

namespace RewardServer.Compatibility;

/// <summary>The protocols of the trainers in use, each an adapter over the same grading (docs/trainers.md).</summary>
public static class TrainerProtocols
{
    /// <summary>Adds what they share.</summary>
    public static void AddTrainerProtocols(this IServiceCollection services, TrainerOptions options, StorageOptions storage)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => new TaskStore(storage.TasksFile));
        services.AddSingleton<LabelReading>();
        services.AddSingleton<TrainerGate>();
        services.AddSingleton<BodyBudget>();
        services.AddSingleton<TrainerGrading>();
        services.AddSingleton<SampleGrading>();
        services.AddSingleton<ProgramRuns>();
        services.AddSingleton<NemoSessions>();
        services.AddSingleton<PassedTests>();
        services.AddSingleton<PatientGrading>();
        services.AddNemoGym();
        services.AddRoll();
        services.AddSingleton<Submitting>();
    }

    /// <summary>Adds their endpoints.</summary>
    public static void MapTrainerProtocols(this IEndpointRouteBuilder routes)
    {
        routes.MapTasks();
        routes.MapOpenRlhf();
        routes.MapSlime();
        routes.MapForms();
        routes.MapRunCode();
        routes.MapJupyter();
        routes.MapNemoSkills();
        routes.MapBatch();
        routes.MapExecuteBatch();
        routes.MapNemoGym();
        routes.MapRoll();
        routes.MapSubmit();
        routes.MapDataSets();
    }
}
