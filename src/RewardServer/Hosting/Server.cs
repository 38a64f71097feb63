using RewardServer.Compatibility;
using RewardServer.Compatibility.Roll;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Http;
using RewardServer.Http.Jobs;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Hosting;

/// <summary>Puts the server together: settings, sandbox, rubrics, endpoints.</summary>
public static class Server
{
    /// <summary>How long calls under way may take to finish when the server is told to stop; then they are ended.</summary>
    public static TimeSpan DrainTime { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Builds a server that is ready to start.</summary>
    /// <param name="urls">Where to listen, separated by semicolons; null for the configuration's, else <see cref="ListenPolicy.DefaultUrls"/>.</param>
    /// <param name="allowAnonymous">Whether it may listen beyond loopback without a key.</param>
    /// <param name="settings">Further configuration, above files and environment.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="StartException">The settings are wrong, or it may not listen there.</exception>
    public static async Task<WebApplication> BuildAsync(
        string? urls, bool allowAnonymous, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        var options = Settings.Read(builder.Configuration);
        var addresses = ListenPolicy.Check(
            urls ?? ConfiguredUrls(builder.Configuration), options.Server.ApiKeys.Length > 0, allowAnonymous);
        Quieten(builder);
        var sandbox = await SandboxPool.StartAsync(options.Sandbox, TimeProvider.System, cancellation);
        var scripts = ScriptSet.None;
        try
        {
            scripts = await ScriptStart.RunAsync(options, cancellation);
            AddServices(builder.Services, options, sandbox, scripts);
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.MaxRequestBodySize = options.Server.MaxRequestBytes;
                kestrel.AddServerHeader = false;
            });
            var app = builder.Build();
            app.Urls.Clear();
            foreach (var address in addresses)
            {
                app.Urls.Add(address.ToString());
            }

            Map(app, options.Server, addresses);
            if (options.Storage.Prepare() is { } fault)
            {
                // All that keeps nothing works without it.
                app.Logger.LogWarning("Storage:Folder: {Fault} Uploads of jobs and tasks are refused meanwhile.", fault);
            }

            return app;
        }
        catch
        {
            // Whatever ends the start, it goes on to the command, and neither slot nor process is left behind.
            await scripts.DisposeAsync();
            await sandbox.DisposeAsync();
            throw;
        }
    }

    private static string ConfiguredUrls(ConfigurationManager configuration) =>
        configuration.GetSection("Kestrel:Endpoints").Exists()
            ? throw new StartException(["Kestrel:Endpoints: use --urls, whose addresses are checked before the server listens"])
            : configuration["urls"] ?? ListenPolicy.DefaultUrls;

    private static void Quieten(WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Every bad request is answered; the framework's own line about it is noise.
        // A start that fails is told in one line by the command.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    private static void AddServices(IServiceCollection services, Settings settings, SandboxPool sandbox, ScriptSet scripts)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Server);
        services.AddSingleton(settings.Sandbox);
        // By a factory, so that the container disposes of it, and its processes, when the server stops.
        services.AddSingleton(_ => sandbox);
        services.AddSingleton(_ => scripts);
        services.AddSingleton(_ => new JudgeSet(settings.Judges, TimeProvider.System));
        services.AddSingleton(provider => new GraderResources(sandbox)
        {
            Deduplication = new((long)settings.Server.DeduplicationMb << 20),
            Scripts = scripts,
            Judges = provider.GetRequiredService<JudgeSet>(),
        });
        services.AddSingleton<RubricCompiler>();
        services.AddSingleton(provider => RubricProblems.Checked(new RubricLibrary(provider.GetRequiredService<RubricCompiler>(), settings.Rubrics.Folder)));
        if (settings.Rubrics.Folder is not null)
        {
            services.AddHostedService<RubricReloading>();
        }

        services.AddSingleton<Readiness>();
        services.AddSingleton<OutputBudget>();
        services.AddSingleton(provider =>
        {
            var log = provider.GetRequiredService<ILogger<SetGrader>>();
            return new SetGrader(sandbox.Slots, (item, exception) => log.LogError(exception, "A fault of the server while grading item {Id}", item.Id));
        });
        services.ConfigureHttpJsonOptions(json => ItemJson.Configure(json.SerializerOptions));
        services.AddProblemDetails();
        services.AddExceptionHandler<Problems>();
        services.AddAdmission(settings.Server);
        services.AddTrainerProtocols(settings.Trainers, settings.Storage);
        services.AddJobs(settings.Jobs, settings.Storage);
        services.AddApiDescription();
        services.AddServerMetrics();
    }

    private static void Map(WebApplication app, ServerOptions options, IReadOnlyList<BindingAddress> addresses)
    {
        // Made now, so that a rubric that is wrong stops the start.
        _ = app.Services.GetRequiredService<RubricLibrary>();
        _ = app.Services.GetRequiredService<SandboxPool>();
        _ = app.Services.GetRequiredService<ScriptSet>();
        app.UseMiddleware<RollRefusals>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<ForeignHeaders>(addresses, options.AllowedHosts);
        app.UseMiddleware<KeyInPath>();
        app.UseRouting();
        if (options.ApiKeys.Length > 0)
        {
            app.UseMiddleware<ApiKeyGate>([options.ApiKeys]);
        }

        app.UseMiddleware<BodyLimit>(options.MaxRequestBytes);
        app.UseRateLimiter();
        app.MapGrade();
        app.MapVerify();
        app.MapExecute();
        app.MapSessions();
        app.MapRubrics();
        app.MapJobs();
        app.MapGradeStream();
        app.MapCatalog();
        app.MapTrainerProtocols();
        app.MapHealth();
        app.MapServerMetrics();
        app.MapApiDescription();
    }
}
