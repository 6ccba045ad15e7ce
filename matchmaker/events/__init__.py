"""Events: who comes, whom each would like to meet, and the agenda that is made, changed, published and refilled.

models, drafts, rules        an event, its days and tables; participants; runs, versions
queries, actions             events and registrations; wishes; arrivals
candidates, gathering        who may meet whom (pure), and the rows that this rests on
suggesting, offering         what the matcher finds among them; what the secretariat proposes to them
instances, agenda            what the solver is asked, and the solver
runs, running, launching     a search in a process of its own: asked for, done, started
papers, working, workbench, handling   the working copy: kept, and changed by hand with what each act costs
publishing, versions, certificates     an agenda verified, frozen, told; read; shown to be worth something
encounters                   whether they met, who could step in
"""
