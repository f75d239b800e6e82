{{<staff/head}}
<p class="back"><a href="/teams">All teams</a></p>
<h1>Make a team</h1>
<form method="post" action="/teams/new" class="narrow" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#AGENCY_FAULT}} wrong{{/AGENCY_FAULT}}">
<label for="agency">Agency</label>
{{#AGENCY_FAULT}}<p class="error" id="agency-error">{{fault}}</p>{{/AGENCY_FAULT}}
<input id="agency" name="agency" type="text" value="{{agency}}" dir="auto"{{#AGENCY_FAULT}} aria-describedby="agency-error" aria-invalid="true"{{/AGENCY_FAULT}}>
</div>
<div class="field">
<label for="name">Name of the team</label>
<input id="name" name="name" type="text" value="{{name}}" autocomplete="off" dir="auto">
</div>
<fieldset id="members"{{#MEMBERS_FAULT}} class="wrong" aria-describedby="members-error"{{/MEMBERS_FAULT}}>
<legend>First members</legend>
<p class="hint">They hold the team’s key and let others in. An administrator who is not a member reads nothing.</p>
{{#MEMBERS_FAULT}}<p class="error" id="members-error">{{fault}}</p>{{/MEMBERS_FAULT}}
{{#PEOPLE}}<div class="choice"><input type="checkbox" id="member-{{staff_id}}" name="member" value="{{staff_id}}"{{#CHECKED}} checked{{/CHECKED}}><label for="member-{{staff_id}}">{{person}} <span class="hint">{{email}}</span></label></div>
{{/PEOPLE}}
</fieldset>
<div class="buttons"><button>Make the team</button></div>
</form>
{{<staff/foot}}
