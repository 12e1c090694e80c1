"""HTTP of all ways into the app that begin with an address: codes, links, posters and invitations."""

from litestar import Router

from pawline.joining.invitation_routes import invitations_router
from pawline.joining.poster_routes import posters_router
from pawline.joining.proof_routes import proof_router
from pawline.joining.routes import joining_router
from pawline.joining.team_invitation_routes import team_invitations_router
from pawline.joining.texted_sign_in_routes import texted_sign_ins_router

entrances_router = Router(
    path="/",
    route_handlers=[
        joining_router,
        posters_router,
        invitations_router,
        team_invitations_router,
        texted_sign_ins_router,
        proof_router,
    ],
)
