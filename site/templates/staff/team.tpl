{{<staff/head}}
<p class="back"><a href="/teams">All teams</a></p>
<h1>{{team}}</h1>
<p class="about">{{agency}}</p>
<h2>Members</h2>
{{#WAITS_FOR_MEMBER}}<div class="note"><p>Somebody waits to be let in. You are not a member, so you do not hold the team’s key: a member has to open this page and let them in.</p></div>{{/WAITS_FOR_MEMBER}}
<ul class="rows">
{{#MEMBERS}}<li class="act"><p class="first">{{person}}{{#WAITING}} <strong class="tag new">Waits to be let in</strong>{{/WAITING}}</p>
<div class="buttons">{{#WAITING}}{{#CAN_LET_IN}}<form method="post" action="/teams/{{id}}/let-in"><input type="hidden" name="form_token" value="{{form_token}}"><input type="hidden" name="member" value="{{staff_id}}"><button>Let in<span class="vh"> {{person}}</span></button></form>{{/CAN_LET_IN}}{{/WAITING}}
{{#CAN_REMOVE}}<form method="post" action="/teams/{{id}}/remove"><input type="hidden" name="form_token" value="{{form_token}}"><input type="hidden" name="member" value="{{staff_id}}"><button class="second">Remove<span class="vh"> {{person}}</span></button></form>{{/CAN_REMOVE}}</div></li>
{{/MEMBERS}}</ul>
{{#CAN_ADD}}<form method="post" action="/teams/{{id}}/add" class="narrow">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#MEMBER_FAULT}} wrong{{/MEMBER_FAULT}}">
<label for="member">Name another member</label>
<p class="hint" id="member-hint">They wait until a member lets them in. If you are a member yourself, they are in at once.</p>
{{#MEMBER_FAULT}}<p class="error" id="member-error">{{fault}}</p>{{/MEMBER_FAULT}}
<select id="member" name="member" aria-describedby="member-hint{{#MEMBER_FAULT}} member-error{{/MEMBER_FAULT}}"{{#MEMBER_FAULT}} aria-invalid="true"{{/MEMBER_FAULT}}><option value="">Choose a person</option>{{#PEOPLE}}<option value="{{staff_id}}">{{person}}, {{email}}</option>{{/PEOPLE}}</select>
</div>
<div class="buttons"><button class="second">Name as a member</button></div>
</form>{{/CAN_ADD}}
<h2>Which reports it receives</h2>
{{#NO_KINDS}}<p>None.</p>{{/NO_KINDS}}
<ul class="rows">
{{#KINDS}}<li class="act"><div><p class="first">{{kind}}{{#RECEIVES}} <strong class="tag good">Receives</strong>{{/RECEIVES}}</p>
<p class="about">{{description}}{{#DEFAULT}} Kinds that no team receives fall to this one.{{/DEFAULT}}</p></div>
<div class="buttons">{{#CAN_OPEN}}<form method="post" action="/teams/{{id}}/receive"><input type="hidden" name="form_token" value="{{form_token}}"><input type="hidden" name="kind" value="{{kind_id}}"><button>Let this team receive<span class="vh"> {{kind}}</span></button></form>{{/CAN_OPEN}}
{{#CAN_STOP}}<form method="post" action="/teams/{{id}}/stop"><input type="hidden" name="form_token" value="{{form_token}}"><input type="hidden" name="kind" value="{{kind_id}}"><button class="second">Stop<span class="vh"> receiving {{kind}}</span></button></form>{{/CAN_STOP}}</div></li>
{{/KINDS}}</ul>
{{<staff/foot}}
